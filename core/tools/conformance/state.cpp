// Checks of law 2: a restored detector is the saved one.
#include <fmt/format.h>

#include "conformance/answer.hpp"
#include "conformance/checks.hpp"
#include "conformance/sound_life.hpp"
#include "state/sink.hpp"

namespace oddity::conformance {
namespace {

/// Windows of 20 rows that were learned before saving: none, few, just enough to fill a history of 200, more.
constexpr int ages[] = {0, 1, 3, 9, 10, 11, 25, 57};

Instance restored(const Candidate& candidate, const std::string& state, const OptionTexts& options = {}) {
  Instance instance = candidate.instance(options);
  const auto [code, reason] = instance.restore(state);
  if (code != ODDITY_OK)
    throw plugin::Failure(fmt::format("refuses a state that it has written: {}", reason));
  return instance;
}

Result check_restores(const Candidate& candidate) {
  Instance instance = candidate.instance();
  Source source = candidate.source();
  learn_noise(instance, source, 25);
  const std::string state = instance.snapshot();
  restored(candidate, state);
  return passed(fmt::format("{} bytes after {} rows", state.size(), 25 * Source::usual_rows));
}

Result check_new(const Candidate& candidate) {
  Instance instance = candidate.instance();
  Instance again = restored(candidate, instance.snapshot());
  Source source = candidate.source();
  Source same = candidate.source();
  return play(instance, source) == play(again, same)
             ? passed()
             : failed("a restored new instance answers otherwise than a new one");
}

Result check_steady(const Candidate& candidate) {
  Instance instance = candidate.instance();
  Instance twin = candidate.instance();
  Source source = candidate.source();
  Source same = candidate.source();
  for (int i = 0; i < 30; ++i) {
    const std::string state = instance.snapshot();
    if (state != instance.snapshot()) return failed("two snapshots in a row differ");
    if (state != twin.snapshot())
      return failed("two instances that saw the same windows write different states");
    play_one(instance, source, i);
    play_one(twin, same, i);
  }
  return passed();
}

Result check_unmoved(const Candidate& candidate) {
  Instance instance = candidate.instance();
  Source source = candidate.source();
  for (int i = 0; i < 30; ++i) {
    const std::string before = instance.snapshot();
    for (int k = 0; k < 3; ++k) instance.evaluate(source.noise(3));
    if (instance.snapshot() != before) return failed("the state is another one after evaluate");
    instance.update(source.noise(), i % 3 != 0);
  }
  return passed();
}

Result check_bytes(const Candidate& candidate) {
  for (const int age : ages) {
    Instance instance = candidate.instance();
    Source source = candidate.source();
    play(instance, source, age);
    const std::string state = instance.snapshot();
    const std::string again = restored(candidate, state).snapshot();
    if (again == state) continue;
    const auto differs = std::mismatch(state.begin(), state.end(), again.begin(), again.end());
    return failed(fmt::format(
        "after {} windows the state has {} bytes, that of the restored instance {}; byte {} is the "
        "first to differ",
        age, state.size(), again.size(), differs.first - state.begin()));
  }
  return passed();
}

Result check_behaviour(const Candidate& candidate) {
  constexpr int later = 60;
  for (const int age : ages) {
    Instance instance = candidate.instance();
    Source source = candidate.source();
    play(instance, source, age);
    Instance again = restored(candidate, instance.snapshot());
    Source same = source;
    for (int i = 0; i < later; ++i) {
      if (play_one(instance, source, age + i) == play_one(again, same, age + i)) continue;
      return failed(
          fmt::format("saved after {} windows, the restored instance answers otherwise than the saved one, "
                      "{} windows later",
                      age, i + 1));
    }
  }
  return passed();
}

Result check_other_options(const Candidate& candidate) {
  Instance instance = candidate.instance();
  Source source = candidate.source();
  learn_noise(instance, source, 25);
  const std::string state = instance.snapshot();
  int tried = 0;
  for (const auto& spec : candidate.description().options) {
    if (spec.shapes_state != 0) continue;
    for (const std::string& text : permitted_texts(spec)) {
      const std::string what = fmt::format("a state of other options, restored with {}={}", spec.name, text);
      const OptionTexts options{{spec.name, text}};
      try {
        Instance other = restored(candidate, state, options);
        live_soundly(other, source, 20, "");
        ++tried;
      } catch (const Refusal&) {
        continue;  // a value that the constructor may refuse
      } catch (const plugin::Failure& failure) {
        return failed(fmt::format("{}: {}", what, failure.what()));
      }
    }
  }
  return tried == 0 ? skipped("no option that does not shape the state has another value") : passed();
}

/// Takes some bytes and then no more.
struct FullSink {
  std::uint64_t room;
  static std::int32_t write(void* context, const void*, std::uint64_t size) noexcept {
    auto& sink = *static_cast<FullSink*>(context);
    if (size > sink.room) return 1;
    sink.room -= size;
    return 0;
  }
};

Result check_full_sink(const Candidate& candidate) {
  Instance instance = candidate.instance();
  Source source = candidate.source();
  learn_noise(instance, source, 25);
  const std::string state = instance.snapshot();
  if (state.empty()) return skipped("it writes no state");
  for (const std::uint64_t room :
       {std::uint64_t{0}, std::uint64_t{state.size() / 2}, std::uint64_t{state.size() - 1}}) {
    FullSink sink{room};
    const oddity_sink full{&sink, &FullSink::write};
    std::string reason;
    const oddity_sink error = state::appending_to(reason);
    if (instance.table().snapshot(instance.handle(), &full, &error) == ODDITY_OK)
      return failed(
          fmt::format("answers that all went well although {} of {} bytes were taken", room, state.size()));
  }
  return instance.snapshot() == state ? passed() : failed("the next snapshot is another one");
}

}  // namespace

std::vector<Check> state_checks() {
  return {
      {"state-restores", "state", "finite-numbers",
       "What snapshot writes, restore of a new instance takes. Otherwise every restart begins from nothing. "
       "Read in restore what snapshot writes, in its order and to its last byte: SDK parts restore "
       "themselves, and a byte that is left over is refused.",
       &check_restores},
      {"state-of-new", "state", "state-restores",
       "An instance that has learned nothing can be saved and restored, and is then as new. Kapacitor takes "
       "its snapshots when it likes. Write the counts of empty histories, too.",
       &check_new},
      {"state-steady", "state", "state-of-new",
       "Two snapshots in a row, and those of two instances that saw the same windows, are equal byte for "
       "byte. Equal states are told by their bytes. Write members one by one: a struct written whole has "
       "padding, a hash table has an order of its own, a pointer is another one each time.",
       &check_steady},
      {"state-unmoved", "state", "state-steady",
       "evaluate leaves the state as it was, byte for byte. It may be called more often than windows come. "
       "Count in update.",
       &check_unmoved},
      {"state-bytes", "state", "state-steady",
       "snapshot(restore(s)) equals s byte for byte, at eight ages of the history. A state that changes by "
       "being loaded drifts with every restart. Save numbers as they are, counters of scheduled work "
       "included, and do not rebuild while restoring.",
       &check_bytes},
      {"state-behaviour", "state", "state-steady",
       "A restored instance answers as the saved one would have, to the last bit, for sixty windows, at "
       "eight ages of the history. A restart must not be seen in the results. Whatever evaluate or update "
       "read has to be in the state, running sums and their rounding as well.",
       &check_behaviour},
      {"state-other-options", "state", "option-bounds",
       "A state is taken under every other value of an option that is not declared to shape it, and answers "
       "are sound after that. Users change options of running tasks and keep what was learned: another size "
       "keeps the newest samples. Cut what does not fit any more, or set shapes_state in the option's spec.",
       &check_other_options},
      {"state-full-sink", "state", "state-restores",
       "When the host takes no more bytes, snapshot does not answer that all went well, and the instance is "
       "as before. Half a state must not be taken for a whole one. StateWriter throws by itself: do not "
       "catch it.",
       &check_full_sink},
  };
}

}  // namespace oddity::conformance
