// Checks of what a p-value means, and of law 6: negated data swaps above and below.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "conformance/checks.hpp"
#include "conformance/reaction.hpp"
#include "conformance/uniformity.hpp"

namespace oddity::conformance {
namespace {

Result check_uniform(const Candidate& candidate) {
  if (candidate.description().offers_p == 0) return skipped("it offers no p");
  constexpr int history = 3000;
  constexpr int windows = 1000;
  OptionTexts longer;
  for (const auto& spec : candidate.description().options) {
    if (std::string_view(spec.name) == "size") longer["size"] = number_text(spec, history);
  }
  Instance instance = candidate.instance(longer);
  Source source = candidate.source();
  learn_noise(instance, source, history / static_cast<int>(Source::usual_rows));
  std::vector<double> ps;
  for (int i = 0; i < windows; ++i) {
    const AbiWindow window = source.noise();
    const double p = instance.evaluate(window).p;
    if (!std::isnan(p)) ps.push_back(p);
    instance.update(window, true);
  }
  if (ps.size() < windows / 2)
    return skipped(fmt::format("only {} of {} windows have a p", ps.size(), windows));
  return judge_uniformity(ps);
}

Result check_notices(const Candidate& candidate) {
  if (candidate.description().offers_p == 0) return skipped("it offers no p");
  Instance instance = candidate.instance();
  Source source = candidate.source();
  learn_noise(instance, source, 40);
  if (std::isnan(instance.evaluate(source.noise()).p)) return skipped("ordinary windows have no p");
  constexpr double odd = 0.01;
  if (const auto change = noticed(instance, source, odd)) return passed(std::string(change->name));
  return warned(
      "neither shifts by 5 standard deviations nor a spread six times as wide or a twentieth have p below "
      "0.01");
}

bool serves(const Candidate& candidate, std::int32_t direction) {
  return (candidate.description().directions & (1u << direction)) != 0;
}

bool near(double a, double b) {
  constexpr double relative = 1e-9;
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) == std::isnan(b);
  return std::abs(a - b) <= relative * std::max(a, b) + 1e-300;
}

AbiWindow negated(const AbiWindow& window, bool wants_sorted) {
  auto columns = window.columns();
  for (auto& column : columns) {
    for (double& value : column) value = -value;
  }
  return {std::move(columns), window.times(), wants_sorted};
}

Result check_mirrors(const Candidate& candidate) {
  if (!serves(candidate, ODDITY_ABOVE) || !serves(candidate, ODDITY_BELOW))
    return skipped("it does not serve both above and below");
  const bool wants_sorted = candidate.description().wants_sorted;
  Instance instance = candidate.instance();
  Instance mirror = candidate.instance();
  Source source = candidate.source();
  bool of_spread = true;  // the sign makes no difference at all
  std::string wrong;
  for (int i = 0; i < 100; ++i) {
    const AbiWindow window =
        source.noise(Source::usual_rows, Source::usual_mean + source.random().uniform(-1, 1));
    const AbiWindow mirrored = negated(window, wants_sorted);
    const double above = instance.evaluate(window, ODDITY_ABOVE).p;
    const double below = instance.evaluate(window, ODDITY_BELOW).p;
    const double mirrored_above = mirror.evaluate(mirrored, ODDITY_ABOVE).p;
    const double mirrored_below = mirror.evaluate(mirrored, ODDITY_BELOW).p;
    of_spread = of_spread && near(above, mirrored_above) && near(below, mirrored_below);
    if (wrong.empty() && !(near(above, mirrored_below) && near(below, mirrored_above))) {
      wrong = fmt::format(
          "window {}: p is {:.6g} above and {:.6g} below, but of negated data {:.6g} below and {:.6g} above",
          i + 1, above, below, mirrored_below, mirrored_above);
    }
    instance.update(window, true);
    mirror.update(mirrored, true);
  }
  if (wrong.empty()) return passed();
  return of_spread ? passed("a test of spread: the sign makes no difference") : failed(wrong);
}

Result check_sense(const Candidate& candidate) {
  if (!serves(candidate, ODDITY_ABOVE) || !serves(candidate, ODDITY_BELOW))
    return skipped("it does not serve both above and below");
  Instance instance = candidate.instance();
  Source source = candidate.source();
  learn_noise(instance, source, 40);
  if (std::isnan(instance.evaluate(source.noise()).p)) return skipped("ordinary windows have no p");
  bool alike = true;
  for (const Change& change : {Change{"up", 5, 1}, Change{"down", -5, 1}, Change{"wide", 0, 6}}) {
    const AbiWindow window = changed(source, change);
    const double above = instance.evaluate(window, ODDITY_ABOVE).p;
    const double below = instance.evaluate(window, ODDITY_BELOW).p;
    alike = alike && near(above, below);
    const bool swapped = (change.shift > 0 && below < 0.01 && above > 0.5) ||
                         (change.shift < 0 && above < 0.01 && below > 0.5);
    if (swapped) {
      return failed(
          fmt::format("a window far {} has p = {:.3g} for above and {:.3g} for below: they are swapped",
                      change.shift > 0 ? "above" : "below", above, below));
    }
  }
  return alike ? failed("above and below get the same p, whatever the window") : passed();
}

}  // namespace

std::vector<Check> statistics_checks() {
  return {
      {"p-uniform", "statistics", "judges",
       "Where there is nothing odd, p is uniform: of a thousand windows of independent normal noise, on a "
       "history of 3000 such values, a tenth has p below 0.1 and a hundredth below 0.01. That is what lets "
       "one alpha mean the same for every detector. A warning beyond a distance of 0.1 from uniform, or "
       "when more than 3 % lie below 0.01; failed beyond 0.4. Check the degrees of freedom, the factor 2 of "
       "a two-sided test, and whether the largest of several values is taken for one.",
       &check_uniform},
      {"notices", "statistics", "p-uniform",
       "At least one of four gross changes has p below 0.01, three times in a row: a shift up or down by 5 "
       "standard deviations, a spread six times as wide, or a twentieth (else a warning). A detector for "
       "something else altogether is right to ignore this. Otherwise look for a p that was computed from "
       "the wrong tail.",
       &check_notices},
      {"direction-mirrors", "statistics", "p-uniform",
       "Negated data swaps above and below: p for above is that of the negated windows for below, to nine "
       "digits. Users choose a direction and trust that the other is its mirror. Tests of spread, for which "
       "the sign makes no difference, are excepted. Use p_value(), which takes the excess and the "
       "direction.",
       &check_mirrors},
      {"direction-sense", "statistics", "direction-mirrors",
       "A window far above the history is odd for above and not for below, and the other way round; and the "
       "two do not always get the same p. Direction is of the data, not of the statistic's sign: ttest's t "
       "is negative where the window lies above. Do not declare a direction that evaluate does not look at.",
       &check_sense},
  };
}

}  // namespace oddity::conformance
