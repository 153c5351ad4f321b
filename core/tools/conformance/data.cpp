// Checks of degenerate and huge input: data is never an error.
#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "conformance/answer.hpp"
#include "conformance/checks.hpp"
#include "conformance/sound_life.hpp"

namespace oddity::conformance {
namespace {

using Window = std::function<AbiWindow(Source&)>;

/// On a history of noise: five such windows are judged and learned, with noise in
/// between; every answer is sound.
Result survives(const Candidate& candidate, std::string_view what, const Window& odd) {
  Instance instance = candidate.instance();
  Source source = candidate.source();
  learn_noise(instance, source, 20);
  for (int i = 0; i < 5; ++i) {
    const AbiWindow window = odd(source);
    judge_soundly(instance, window.abi(), what);
    instance.update(window, false);
    instance.update(window, true);
    judge_soundly(instance, source.noise().abi(), fmt::format("noise after {}", what));
    judge_soundly(instance, window.abi(), fmt::format("{} after it was learned", what));
  }
  live_soundly(instance, source, 30, fmt::format("noise after {}", what));
  return passed();
}

Result check_one(const Candidate& candidate) {
  Instance instance = candidate.instance();
  Source source = candidate.source();
  for (int i = 0; i < 60; ++i) {
    const AbiWindow window = source.noise(1);
    judge_soundly(instance, window.abi(), "a window of one value on a history of such");
    instance.update(window, true);
  }
  return survives(candidate, "a window of one value", [](Source& data) { return data.noise(1); });
}

Result check_constant(const Candidate& candidate) {
  return survives(candidate, "a constant window", [](Source& source) {
    return source.window(
        std::vector<double>(Source::usual_rows, std::round(source.random().uniform(-3, 30))));
  });
}

Result check_constant_history(const Candidate& candidate) {
  for (const double value : {0.0, 5.0, -1e-3}) {
    Instance instance = candidate.instance();
    Source source = candidate.source();
    const std::vector<double> same(Source::usual_rows, value);
    const std::vector<double> other(Source::usual_rows, value + 1);
    for (int i = 0; i < 15; ++i) {
      judge_soundly(instance, source.window(same).abi(), "the constant itself, on a constant history");
      judge_soundly(instance, source.window(other).abi(), "another constant, on a constant history");
      judge_soundly(instance, source.noise().abi(), "noise, on a constant history");
      instance.update(source.window(same), true);
    }
    live_soundly(instance, source, 20, "noise after a constant history");
  }
  return passed();
}

Result check_tiny(const Candidate& candidate) {
  const Window tiny = [](Source& source) {
    return source.drawn(Source::usual_rows, [&] { return 1e-310 * source.random().normal(); });
  };
  Instance instance = candidate.instance();
  Source source = candidate.source();
  for (int i = 0; i < 30; ++i) {
    const AbiWindow window = tiny(source);
    judge_soundly(instance, window.abi(), "a window of subnormal values on a history of such");
    instance.update(window, true);
  }
  return survives(candidate, "a window of subnormal values", tiny);
}

Result check_huge(const Candidate& candidate) {
  const Window huge = [](Source& source) {
    return source.drawn(Source::usual_rows, [&] { return source.random().uniform(0.5, 1.0) * 1e308; });
  };
  Instance instance = candidate.instance();
  Source source = candidate.source();
  for (int i = 0; i < 30; ++i) {
    const AbiWindow window = huge(source);
    judge_soundly(instance, window.abi(), "a window of values near 1e308 on a history of such");
    instance.update(window, true);
  }
  return survives(candidate, "a window of values near 1e308", huge);
}

/// Any sign and magnitude that a finite double has.
double any_number(Random& random) {
  switch (random.below(8)) {
    case 0:
      return 0;
    case 1:
      return -0.0;
    case 2:
      return random.below(2) == 0 ? std::numeric_limits<double>::max()
                                  : std::numeric_limits<double>::lowest();
    default:
      return random.uniform(-1, 1) * std::pow(10.0, random.uniform(-308, 308));
  }
}

Result check_mixed(const Candidate& candidate) {
  const Window mixed = [](Source& source) {
    return source.drawn(10 + source.random().below(30), [&] { return any_number(source.random()); });
  };
  Instance instance = candidate.instance();
  Source source = candidate.source();
  for (int i = 0; i < 300; ++i) {
    const AbiWindow window = mixed(source);
    judge_soundly(instance, window.abi(), "a window of all signs and magnitudes on a history of such");
    instance.update(window, i % 3 != 0);
  }
  return survives(candidate, "a window of all signs and magnitudes", mixed);
}

Result check_long(const Candidate& candidate) {
  constexpr std::size_t rows = 100'000;
  Instance instance = candidate.instance();
  Source source = candidate.source();
  for (int i = 0; i < 3; ++i) {
    const AbiWindow window = source.noise(rows);
    judge_soundly(instance, window.abi(), "a window of 100000 rows");
    instance.update(window, i != 1);
    judge_soundly(instance, source.noise().abi(), "noise after a window of 100000 rows");
  }
  return passed();
}

Result check_times(const Candidate& candidate) {
  constexpr std::int64_t first = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max();
  Instance instance = candidate.instance();
  Source source = candidate.source();
  learn_noise(instance, source, 20);
  for (const auto& times : {std::vector<std::int64_t>{0, 0, 0, 0},
                            {4, 3, 2, 1},
                            {first, 0, 0, last},
                            {last, last, first, first}}) {
    const AbiWindow noise = source.noise(times.size());
    const AbiWindow window(noise.columns(), times, candidate.description().wants_sorted);
    judge_soundly(instance, window.abi(), "a window of equal, backward or extreme times");
    instance.update(window, true);
    judge_soundly(instance, window.abi(), "a window of equal, backward or extreme times");
  }
  return passed();
}

Result check_columns(const Candidate& candidate) {
  if (candidate.description().fields != ODDITY_FIELDS_ALL)
    return skipped("it has an instance for each field");
  for (const std::uint32_t columns : {1u, 2u, 3u, 8u}) {
    try {
      Instance instance(candidate.algorithm(candidate.usual_texts()), columns);
      Source source(candidate.description(), columns, candidate.seed());
      live_soundly(instance, source, 30, fmt::format("windows of {} fields", columns));
    } catch (const Refused& refused) {
      if (*refused.what() == '\0') return failed(fmt::format("refuses {} fields without a word", columns));
    }
  }
  return passed();
}

Result check_recovers(const Candidate& candidate) {
  Instance instance = candidate.instance();
  Source source = candidate.source();
  learn_noise(instance, source, 20);
  if (!judged(instance.evaluate(source.noise())))
    return skipped("it does not judge after 20 windows of noise");
  for (int i = 0; i < 3; ++i)
    instance.update(source.drawn(Source::usual_rows, [&] { return any_number(source.random()); }), true);
  constexpr int windows = 500;
  for (int i = 0; i < windows; ++i) {
    if (judged(instance.evaluate(source.noise()))) return passed(fmt::format("after {} windows of noise", i));
    instance.update(source.noise(), true);
  }
  return warned(fmt::format(
      "judges nothing any more after three windows up to 1e308, not even {} windows later", windows));
}

}  // namespace

std::vector<Check> data_checks() {
  return {
      {"window-of-one", "data", "finite-numbers",
       "Windows of one value are judged or told off by an outcome, on a history of noise and on one of such "
       "windows. Sparse data makes them every day. A variance with rows - 1 below it is 0/0 there: treat "
       "one row as a case of its own.",
       &check_one},
      {"window-constant", "data", "finite-numbers",
       "Windows in which all values are equal, on a history that varies. Sensors stick, counters rest. The "
       "window's own variance is 0 then: whatever is divided by it, or logged, has to be asked for that "
       "before.",
       &check_constant},
      {"history-constant", "data", "window-constant",
       "A history in which all values are equal, before windows that equal it and windows that do not. It "
       "is the commonest division by zero there is. Ask Moments::constant() first, and answer with the "
       "outcome constant: p by p_without_spread(), which knows how many samples were equal, else absent.",
       &check_constant_history},
      {"window-subnormal", "data", "finite-numbers",
       "Values about 1e-310, whose squares are 0 although they differ. Units are chosen by others. A "
       "variance of 0 does not mean that all values are equal; answer undefined when it underflows.",
       &check_tiny},
      {"window-huge", "data", "finite-numbers",
       "Values near 1e308, whose sum and squares overflow. One broken sensor sends them, and no window "
       "after it may be lost. Ask std::isfinite of the standard error and of the statistic, and answer "
       "undefined.",
       &check_huge},
      {"window-mixed", "data", "window-huge",
       "Windows of all signs and magnitudes, with both zeros and both largest doubles: even a difference of "
       "two values overflows. Ask std::isfinite of every number before it goes into the answer, bounds and "
       "effect as well.",
       &check_mixed},
      {"window-long", "data", "finite-numbers",
       "Windows of 100000 rows, many times the history's size. A batch task over a month makes them. Let "
       "the history take the newest rows only, and reckon indices and products of counts in 64 bits.",
       &check_long},
      {"times-any", "data", "finite-numbers",
       "Rows with equal, backward and extreme times. Kapacitor passes on what it gets. Never divide by a "
       "difference of two times, and subtract them as unsigned numbers or doubles.",
       &check_times},
      {"columns-any", "data", "finite-numbers",
       "A detector of all fields is made for 1, 2, 3 and 8 of them, and works or refuses with a reason. "
       "Users choose how many fields a task watches. Ask Options::columns() in the constructor, and throw "
       "std::invalid_argument where there are too few.",
       &check_columns},
      {"recovers", "data", "window-mixed",
       "After three windows of all magnitudes were learned, the detector judges again within 500 windows of "
       "noise (else a warning). One broken sensor must not silence a group until somebody resets it. A "
       "running sum that has become infinite stays so: RollingMoments keeps the samples instead and forgets "
       "them.",
       &check_recovers},
  };
}

}  // namespace oddity::conformance
