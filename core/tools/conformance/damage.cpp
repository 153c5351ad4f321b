// Checks of damaged states: refused, or harmless.
#include <fmt/format.h>

#include <algorithm>

#include "conformance/checks.hpp"
#include "conformance/guarded_bytes.hpp"
#include "conformance/memory_limit.hpp"
#include "conformance/sound_life.hpp"

namespace oddity::conformance {
namespace {

/// States that are tried at every place are cheap as long as there are not more places than this.
constexpr std::size_t most_places = 4'000;

std::string saved_state(const Candidate& candidate) {
  Instance instance = candidate.instance();
  Source source = candidate.source();
  play(instance, source, 15);
  return instance.snapshot();
}

/// Restores and, where that is taken, lives on. Throws plugin::Failure unless the state is refused or
/// harmless. True: it was taken.
bool try_state(const Candidate& candidate, std::string_view state, const std::string& what) {
  Instance instance = candidate.instance();
  const auto [code, reason] = instance.restore(state);
  if (code == ODDITY_REFUSED) return false;
  if (code != ODDITY_OK)
    throw plugin::Failure(fmt::format("expected {} to be refused, got 'broken' ({})", what, reason));
  Source source = candidate.source(1);
  live_soundly(instance, source, 3, what);
  return true;
}

/// All places of a state or, when there are too many, as many of them drawn.
std::vector<std::size_t> places(const Candidate& candidate, std::size_t count) {
  std::vector<std::size_t> chosen(std::min(count, most_places));
  Random random(candidate.seed());
  for (std::size_t i = 0; i < chosen.size(); ++i) chosen[i] = count <= most_places ? i : random.below(count);
  return chosen;
}

std::uint64_t read_little(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

std::string with_number(std::string state, std::size_t at, std::size_t width, std::uint64_t value) {
  for (std::size_t i = 0; i < width; ++i) state[at + i] = static_cast<char>(value >> (8 * i));
  return state;
}

/// Whatever stands in the state as a whole number that could count something in it is made larger.
Result check_counts(const Candidate& candidate) {
  constexpr std::size_t enough_memory = 256 << 20;
  const MemoryLimit limit(enough_memory);
  const std::string state = saved_state(candidate);
  int tried = 0;
  for (const std::size_t width : {std::size_t{8}, std::size_t{4}, std::size_t{2}}) {
    const std::uint64_t largest = ~std::uint64_t{0} >> (64 - 8 * width);
    for (std::size_t at = 0; at + width <= state.size(); ++at) {
      const std::uint64_t number = read_little(std::string_view(state).substr(at, width));
      if (number == 0 || number > state.size()) continue;
      for (const std::uint64_t more :
           {number + 1, number * 2, largest / 1'000'000, largest / 32, largest / 2, largest}) {
        if (more > largest || tried >= static_cast<int>(most_places)) continue;
        ++tried;
        try_state(candidate, with_number(state, at, width, more),
                  fmt::format("a state of {} bytes with {} instead of {} at byte {}", state.size(), more,
                              number, at));
      }
    }
  }
  return tried == 0 ? skipped("nothing in the state could be a count")
                    : passed(fmt::format("{} states", tried));
}

Result check_truncated(const Candidate& candidate) {
  const std::string state = saved_state(candidate);
  std::size_t taken = 0;
  std::size_t first = 0;
  for (const std::size_t cut : places(candidate, state.size())) {
    const std::string what = fmt::format("a state cut at byte {}", cut);
    const GuardedBytes guarded(std::as_bytes(std::span(state).first(cut)));
    if (!try_state(candidate, {reinterpret_cast<const char*>(guarded.data()), cut}, what)) continue;
    if (taken++ == 0) first = cut;
  }
  if (taken == 0) return passed(fmt::format("{} cuts", std::min(state.size(), most_places)));
  return warned(
      fmt::format("takes {} of {} states that were cut short, that of the first {} of {} bytes among them",
                  taken, std::min(state.size(), most_places), first, state.size()));
}

Result check_surplus(const Candidate& candidate) {
  const std::string state = saved_state(candidate);
  for (const std::size_t more : {std::size_t{1}, std::size_t{8}, state.size()}) {
    if (try_state(candidate, state + std::string(more, '\1'), "a state with bytes behind its end"))
      return warned(fmt::format("takes a state with {} bytes behind its end", more));
  }
  return passed();
}

Result check_flips(const Candidate& candidate) {
  const MemoryLimit limit(256 << 20);
  const std::string state = saved_state(candidate);
  std::size_t taken = 0;
  const auto bits = places(candidate, state.size() * 8);
  for (const std::size_t bit : bits) {
    std::string damaged = state;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
    taken +=
        try_state(candidate, damaged, fmt::format("a state with bit {} of byte {} flipped", bit % 8, bit / 8))
            ? 1
            : 0;
  }
  return passed(fmt::format("{} of {} flips refused, the others harmless", bits.size() - taken, bits.size()));
}

Result check_random(const Candidate& candidate) {
  const MemoryLimit limit(256 << 20);
  Random random(candidate.seed());
  std::vector<std::size_t> sizes{0, 1 << 20};
  for (std::size_t size = 1; size <= 4096; size = size * 3 / 2 + 1) sizes.push_back(size);
  for (int round = 0; round < 20; ++round) {
    for (const std::size_t size : sizes) {
      if (round > 2 && size > 4096) continue;
      std::string state(size, '\0');
      for (char& byte : state) byte = static_cast<char>(random.bits());
      try_state(candidate, state, fmt::format("{} random bytes as a state", size));
    }
  }
  return passed();
}

}  // namespace

std::vector<Check> damage_checks() {
  return {
      {"state-counts", "damage", "state-restores",
       "Whatever in a state could be a count is made larger, by one and up to all bits: such a state is "
       "refused, or taken without harm, and does not allocate by the announced size first (256 MiB are "
       "there). A damaged file must not take the machine's memory, nor be reported as a broken detector. "
       "StateReader::read_count checks against the bytes that are there; compare every other index before "
       "it is used.",
       &check_counts},
      {"state-truncated", "damage", "state-counts",
       "A state cut at any byte is refused (one that is taken is a warning), and nothing is read behind its "
       "end. Half a history that is taken for a whole one is a detector that judges by other numbers than "
       "it says. Write counts before what they count, and read through StateReader.",
       &check_truncated},
      {"state-surplus", "damage", "state-restores",
       "A state with bytes behind its end is refused (a warning): it is one of another version or another "
       "detector. What restore leaves unread is refused by the SDK; a restore that takes all that is left "
       "has to count it.",
       &check_surplus},
      {"state-bit-flips", "damage", "state-truncated",
       "With any single bit flipped a state is refused, or taken without harm: answers stay sound and "
       "nothing breaks. The core's checksum finds damage on disk, not a state that was written by a faulty "
       "version. Check in restore every number that is used as an index, a count or a choice.",
       &check_flips},
      {"state-random", "damage", "state-bit-flips",
       "Random bytes, none to a MiB of them, are refused or taken without harm. Copy no more of a state "
       "than there is room for.",
       &check_random},
  };
}

}  // namespace oddity::conformance
