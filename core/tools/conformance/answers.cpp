// Checks of law 3 on ordinary data: what an answer may be.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <functional>
#include <utility>

#include "conformance/answer.hpp"
#include "conformance/candidate.hpp"
#include "conformance/checks.hpp"
#include "plugin/standard_fields.hpp"

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
    const AbiWindow window = source.noise(2 + source.random().below(40), Source::usual_mean + shift);
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
  const plugin::DetectorDescription& description = candidate.description();
  return look_at_answers(candidate, [&](const oddity_evaluation& answer) -> std::string {
    for (std::size_t i = description.outputs.size(); i < ODDITY_MAX_OUTPUTS; ++i) {
      if (!std::isnan(answer.outputs[i]))
        return fmt::format("expected {} outputs as declared, got one at place {}", description.outputs.size(),
                           i + 1);
    }
    for (const auto& field : plugin::standard_fields) {
      if (!std::isnan(answer.*field.member) && (description.offers & field.bit) == 0)
        return fmt::format("'{}' is given, but is none of the fields that the description offers",
                           field.name);
    }
    if (!plugin::names_no_other_reason(answer, description))
      return fmt::format("expected the place of one of {} declared reasons, from 0, got {}",
                         description.reasons.size(), answer.reason);
    return {};
  });
}

Result check_bounds_ordered(const Candidate& candidate) {
  return look_at_answers(candidate, [](const oddity_evaluation& answer) -> std::string {
    if (answer.lower > answer.upper)
      return fmt::format("expected bounds with the lower below the upper, got {} and {}", answer.lower,
                         answer.upper);
    return {};
  });
}

/// Whether the bounds of this alpha say of the window what its p says.
bool agrees(const oddity_evaluation& answer, double alpha) {
  const bool inside = !(answer.observed < answer.lower) && !(answer.observed > answer.upper);
  return answer.p < alpha ? !inside : inside;
}

Result check_bounds_agree(const Candidate& candidate) {
  Instance instance = candidate.instance();
  Source source = candidate.source();
  learn_noise(instance, source, 20);
  constexpr double apart = 1.05;
  int with_bounds = 0;
  int disagreeing = 0;
  for (int i = 0; i < 300; ++i) {
    const AbiWindow window =
        source.noise(Source::usual_rows, Source::usual_mean + source.random().uniform(-2, 2));
    for (const std::int32_t direction : all_directions) {
      if ((candidate.description().directions & (1u << direction)) == 0) continue;
      // Asked with an alpha just below and just above the window's own p, the bounds have to part there.
      const double p = instance.evaluate(window.abi(), direction, Instance::usual_alpha).p;
      for (const double alpha : {0.2, 0.01, 0.0001, p / apart, p * apart}) {
        if (!(alpha > 1e-12 && alpha < 0.5)) continue;
        const oddity_evaluation answer = instance.evaluate(window.abi(), direction, alpha);
        const bool near = answer.p * apart > alpha * 1.001 && answer.p < alpha * apart / 1.001;
        if (near || std::isnan(answer.p) || std::isnan(answer.observed) ||
            (std::isnan(answer.lower) && std::isnan(answer.upper)))
          continue;
        ++with_bounds;
        disagreeing += agrees(answer, alpha) ? 0 : 1;
      }
    }
  }
  if (with_bounds == 0) return skipped("it gives no bounds");
  if (disagreeing == 0) return passed();
  return warned(fmt::format(
      "of {} answers with bounds, {} lie inside while p is below alpha, or outside while it is above",
      with_bounds, disagreeing));
}

/// Windows on which a detector is tempted to leave a field out, each judged on a history of noise, on a
/// constant one and on one of a few samples.
std::vector<std::pair<std::string_view, std::vector<double>>> tempting_windows(Source& source) {
  std::vector<std::pair<std::string_view, std::vector<double>>> windows{
      {"equal values, as all that was learned", std::vector<double>(Source::usual_rows, 5)},
      {"equal values, others than were learned", std::vector<double>(Source::usual_rows, 60)},
      {"one value", {60}},
      {"a step", {5, 5, 5, 5, 60, 60, 60, 60}},
      {"values far away", {-1e12, 1e12 + 1, 2e12}}};
  for (const double shift : {0.0, 6.0, -6.0}) {
    const AbiWindow noise = source.noise(Source::usual_rows, Source::usual_mean + shift);
    windows.emplace_back("noise", noise.columns().front());
  }
  return windows;
}

Result check_same_fields(const Candidate& candidate) {
  const plugin::DetectorDescription& description = candidate.description();
  struct History {
    std::string_view name;
    std::function<AbiWindow(Source&)> window;
    int windows;
  };
  const History histories[] = {
      {"of noise", [](Source& source) { return source.noise(); }, 20},
      {"without any spread",
       [](Source& source) { return source.window(std::vector<double>(Source::usual_rows, 5)); }, 20},
      {"of few values", [](Source& source) { return source.noise(3); }, 1},
      {"of tiny steps", [](Source& source) { return source.noise(Source::usual_rows, 5, 1e-15); }, 20}};
  int judged = 0;
  for (const History& history : histories) {
    Instance instance = candidate.instance();
    Source source = candidate.source();
    for (int i = 0; i < history.windows; ++i) instance.update(history.window(source), true);
    for (const auto& [name, values] : tempting_windows(source)) {
      const oddity_evaluation answer = instance.evaluate(source.window(values));
      if (!plugin::is_judged(answer, description)) continue;
      ++judged;
      const std::string_view missing = plugin::missing_field(answer, description);
      if (!missing.empty())
        return failed(
            fmt::format("'{}' is declared, but a window of {} on a history {} was judged without it", missing,
                        name, history.name));
    }
  }
  return judged == 0 ? skipped("it judged none of these windows") : passed();
}

}  // namespace

std::vector<Check> answers_checks() {
  return {
      {"p-in-range", "answers", "instances-apart",
       "On ordinary data, in every direction that is served, a p-value is in [0, 1] or absent. Whatever is "
       "above 1 or below 0 is no probability, and the core throws the window's answer away. Take the tail "
       "from normal_sf and its like, never 1 - cdf, and cap the sum of two tails at 1.",
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
       "Outputs are given at the places that the description declares and no others, and of observed, "
       "expected, lower, upper and effect only those that it offers; a reason is one of those declared. An "
       "undeclared output has no name, and a "
       "field that nobody promised comes and goes. Declare what you fill, in its order.",
       &check_outputs},
      {"bounds-ordered", "answers", "finite-numbers",
       "lower is not above upper. They are drawn as a band around what is expected. A swapped sign of the "
       "quantile is the usual reason: the quantile of a small probability is negative.",
       &check_bounds_ordered},
      {"bounds-agree", "answers", "bounds-ordered",
       "Where there are bounds, what was observed lies outside of them when p is below the question's "
       "alpha, and inside when it is above (a warning; a p within a twentieth of alpha is let pass). People "
       "read the band as the decision. Compute the bounds with tail_of(question), which is alpha, halved "
       "for both directions, and for the observed quantity.",
       &check_bounds_agree},
      {"same-fields", "answers", "outputs-as-declared",
       "A window that is judged has every declared output and every standard field that the description "
       "offers: on a history of noise, on one of a few values, and on one without any spread, of which the "
       "window may differ. An alert that names a field is silent about a window without it, so the gravest "
       "of all faults, after a long calm, would raise none. Divide by ratio(), which has a finite value "
       "where "
       "there is no spread, and set bounds by Evaluation::set_bounds(), with a reach of 0 there.",
       &check_same_fields},
  };
}

}  // namespace oddity::conformance
