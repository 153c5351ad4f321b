// Checks of law 4: instances share nothing, and different ones may be called from different threads.
#include <fmt/format.h>
#include <malloc.h>

#include <array>
#include <optional>
#include <thread>

#include "conformance/answer.hpp"
#include "conformance/candidate.hpp"
#include "conformance/checks.hpp"

namespace oddity::conformance {
namespace {

std::string life(const Candidate& candidate, std::uint64_t number) {
  Instance instance = candidate.instance();
  Source source = candidate.source(number);
  return play(instance, source);
}

Result check_apart(const Candidate& candidate) {
  constexpr std::size_t count = 3;
  std::array<std::string, count> alone;
  for (std::size_t i = 0; i < count; ++i) alone[i] = candidate.apart([&] { return life(candidate, i); });
  std::vector<Instance> instances;
  std::vector<Source> sources;
  std::array<std::string, count> together;
  for (std::size_t i = 0; i < count; ++i) {
    instances.push_back(candidate.instance());
    sources.push_back(candidate.source(i));
  }
  for (int window = 0; window < 60; ++window) {
    for (std::size_t i = 0; i < count; ++i) together[i] += play_one(instances[i], sources[i], window);
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (together[i] != alone[i])
      return failed(
          "three instances whose windows alternate answer otherwise than each alone in its process");
  }
  return passed();
}

/// Another permitted value for every option that has one.
OptionTexts other_texts(const Candidate& candidate) {
  OptionTexts others;
  const OptionTexts usual = candidate.usual_texts();
  for (const auto& spec : candidate.description().options) {
    const auto found = usual.find(spec.name);
    const std::string text = found == usual.end() ? "" : found->second;
    for (const std::string& value : permitted_texts(spec)) {
      if (value != text) others[spec.name] = value;
    }
  }
  return others;
}

Result check_options_apart(const Candidate& candidate) {
  const OptionTexts others = other_texts(candidate);
  if (others.empty()) return skipped("no option has two values");
  const std::string alone = candidate.apart([&] { return life(candidate, 0); });
  for (const auto& [name, text] : others) {
    Instance instance = candidate.instance();
    try {
      const Instance stranger = candidate.instance({{name, text}});
      Source source = candidate.source();
      if (play(instance, source) != alone)
        return failed(
            fmt::format("an instance answers otherwise when one with {}={} was made after it", name, text));
    } catch (const Refusal&) {
      continue;  // whether a value may be refused is another check's matter
    }
  }
  return passed();
}

Result check_threads(const Candidate& candidate) {
  constexpr std::size_t count = 4;
  constexpr int rounds = 10;
  std::array<std::string, count> alone;
  for (std::size_t i = 0; i < count; ++i) alone[i] = life(candidate, i);
  std::array<std::string, count> wrong;
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < count; ++i) {
    threads.emplace_back([&, i] {
      try {
        for (int round = 0; round < rounds; ++round) {
          if (life(candidate, i) != alone[i]) wrong[i] = "gave other answers than when called alone";
        }
      } catch (const std::exception& failure) {
        wrong[i] = failure.what();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& found : wrong) {
    if (!found.empty()) return failed(fmt::format("one of {} instances, a thread each, {}", count, found));
  }
  return passed();
}

Result check_destroy_frees(const Candidate& candidate) {
  const auto lives = [&](int count) {
    for (int i = 0; i < count; ++i) {
      Instance instance = candidate.instance();
      Source source = candidate.source();
      learn_noise(instance, source, 3);
      instance.snapshot();
    }
    return ::mallinfo2().uordblks;
  };
  const auto before_probe = ::mallinfo2().uordblks;
  const std::string probe(100'000, 'x');
  if (::mallinfo2().uordblks < before_probe + probe.size())
    return skipped("the memory in use cannot be told here (another allocator)");
  constexpr int count = 500;
  const auto before = lives(count);
  const auto after = lives(count);
  constexpr std::size_t nothing = 4;  // bytes an instance, below the least that an allocator gives
  if (after > before + nothing * count)
    return failed(
        fmt::format("{} bytes of each instance stay behind when it is destroyed", (after - before) / count));
  return passed();
}

}  // namespace

std::vector<Check> instances_checks() {
  return {
      {"instances-apart", "instances", "deterministic",
       "Three instances that are called in turn, each with windows of its own, answer as each does alone in "
       "a process. A task has an instance for each group and field, thousands in one process. Keep "
       "everything in members: no static variable, nor one at namespace scope, may change once the library "
       "is loaded.",
       &check_apart},
      {"options-apart", "instances", "instances-apart",
       "An instance answers as it does alone although instances with other values of its options were made "
       "after it. Tasks with other options share the process. Copy the options into members in the "
       "constructor.",
       &check_options_apart},
      {"instances-in-threads", "instances", "instances-apart",
       "Four instances, each called from a thread of its own at the same time, answer as they do alone. "
       "Different instances may be called from different threads at once, one instance never is. A scratch "
       "buffer is a member or a local variable, never static.",
       &check_threads},
      {"destroy-frees", "instances", "updates",
       "What an instance took, destroy gives back: the heap is as large after a thousand instances as after "
       "five hundred. Groups come and go for years in one process. Own memory by values and containers, not "
       "by pointers.",
       &check_destroy_frees},
  };
}

}  // namespace oddity::conformance
