// Checks of law 3 on ordinary data: what an answer may be.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <functional>

#include "conformance/answer.hpp"
#include "conformance/candidate.hpp"
#include "conformance/checks.hpp"

namespace oddity::conformance {
namespace {

constexpr std::array<std::int32_t, 3> all_directions{ODDITY_BOTH, ODDITY_ABOVE, ODDITY_BELOW};

/// Every answer to 300 windows of noise, some of them shifted, in every direction that is served. `look`
/// returns what is wrong with an answer.
Result look_at_answers(const Candidate& candidate,
                       const std::function<std::string(const oddity_evaluation&)>& look) {
  Instance instance = candidate.instance();
  Source source = candidate.source();
  for (int i = 0; i < 300; ++i) {
    const double shift = i % 5 == 4 ? source.random().uniform(-6, 6) : 0;
    const DoorWindow window = source.noise(2 + source.random().below(40), Source::usual_mean + shift);
    for (const std::int32_t direction : all_directions) {
      if ((candidate.description().directions & (1u << direction)) == 0) continue;
      const std::string wrong = look(instance.evaluate(window, direction));
      if (!wrong.empty())
        return failed(fmt::format("{} (window {} of {} rows)", wrong, i + 1, window.rows()));
    }
    instance.update(window, true);
  }
  return passed();
}

Result check_p_in_range(const Candidate& candidate) { return look_at_answers(candidate, &wrong_p); }

Result check_outcome(const Candidate& candidate) {
  return look_at_answers(candidate, [&](const oddity_evaluation& answer) {
    return wrong_outcome(answer, candidate.description());
  });
}

Result check_finite(const Candidate& candidate) { return look_at_answers(candidate, &wrong_number); }

Result check_outputs(const Candidate& candidate) {
  const auto& specs = candidate.description().outputs;
  std::array<bool, ODDITY_MOST_OUTPUTS> given{};
  Result result = look_at_answers(candidate, [&](const oddity_evaluation& answer) -> std::string {
    for (std::size_t i = 0; i < ODDITY_MOST_OUTPUTS; ++i) {
      if (std::isnan(answer.outputs[i])) continue;
      if (i >= specs.size())
        return fmt::format("expected {} outputs as declared, got one at place {}", specs.size(), i + 1);
      given[i] = true;
    }
    return {};
  });
  if (result.outcome != Outcome::passed) return result;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    if (!given[i])
      return warned(fmt::format("the output '{}' was given for none of 300 windows", specs[i].name));
  }
  return result;
}

Result check_bounds_ordered(const Candidate& candidate) {
  return look_at_answers(candidate, [](const oddity_evaluation& answer) -> std::string {
    if (answer.lower > answer.upper)
      return fmt::format("expected bounds with the lower below the upper, got {} and {}", answer.lower,
                         answer.upper);
    return {};
  });
}

/// Whether the bounds say of the window what its p says; by a p that is clearly on one side of alpha.
bool agrees(const oddity_evaluation& answer, double alpha) {
  const bool inside = !(answer.observed < answer.lower) && !(answer.observed > answer.upper);
  if (answer.p < alpha / 2) return !inside;
  return answer.p < alpha * 2 || inside;
}

Result check_bounds_agree(const Candidate& candidate) {
  Instance instance = candidate.instance();
  Source source = candidate.source();
  learn_noise(instance, source, 20);
  int with_bounds = 0;
  int disagreeing = 0;
  for (int i = 0; i < 300; ++i) {
    const DoorWindow window =
        source.noise(Source::usual_rows, Source::usual_mean + source.random().uniform(-2, 2));
    for (const double alpha : {0.2, 0.01, 0.0001}) {
      const oddity_evaluation answer = instance.evaluate(window.door(), ODDITY_BOTH, alpha);
      if (std::isnan(answer.p) || std::isnan(answer.observed) ||
          (std::isnan(answer.lower) && std::isnan(answer.upper)))
        continue;
      ++with_bounds;
      disagreeing += agrees(answer, alpha) ? 0 : 1;
    }
  }
  if (with_bounds == 0) return skipped("it gives no bounds");
  if (disagreeing == 0) return passed();
  return warned(fmt::format(
      "of {} answers with bounds, {} lie inside while p is below alpha, or outside while it is above",
      with_bounds, disagreeing));
}

}  // namespace

std::vector<Check> answers_checks() {
  return {
      {"p-in-range", "answers", "instances-apart",
       "On ordinary data, in every direction that is served, a p-value is in [0, 1] or absent. Whatever is "
       "above 1 or below 0 is no probability, and the core throws the window's answer away. Take the tail "
       "from normal_above and its like, never 1 - cdf, and cap the sum of two tails at 1.",
       &check_p_in_range},
      {"outcome-fits", "answers", "p-in-range",
       "The outcome says what the answer holds: judged comes with a p-value (or a strength, where the "
       "description offers no p), warming up and undefined come without. Users see a missing p-value as a "
       "window that was not judged, and look for the reason in the outcome. Set the outcome wherever p "
       "stays absent.",
       &check_outcome},
      {"finite-numbers", "answers", "outcome-fits",
       "On ordinary data no number of an answer is infinite: absent is NaN, everything else finite. "
       "Kapacitor and JSON know no infinity, so such a value is left out. Leave a number absent where a "
       "division by zero would make it.",
       &check_finite},
      {"outputs-as-declared", "answers", "finite-numbers",
       "Outputs are given at the places that the description declares and no others; one that is never "
       "given in 300 windows is a warning. A declared output is a field that users put into their alerts, "
       "an undeclared one has no name. Declare what you fill, in its order.",
       &check_outputs},
      {"bounds-ordered", "answers", "finite-numbers",
       "lower is not above upper. They are drawn as a band around what is expected. A swapped sign of the "
       "quantile is the usual reason: the quantile of a small probability is negative.",
       &check_bounds_ordered},
      {"bounds-agree", "answers", "bounds-ordered",
       "Where there are bounds, what was observed lies outside of them when p is below the question's "
       "alpha, and inside when it is above (a warning; a p within a factor of two of alpha is let pass). "
       "People read the band as the decision. Compute the bounds with question.alpha, halved for both "
       "directions, and for the observed quantity.",
       &check_bounds_agree},
  };
}

}  // namespace oddity::conformance
