// The steps of the pipeline behind the detectors: what their answers are held against, what follows from
// them, and what is learned.
#include <algorithm>
#include <cmath>

#include "detect/pipeline.hpp"
#include "window/saturating.hpp"

namespace oddity::detect {
namespace {

/// In a short history a window with p below alpha is not learned, as in Kapacitor's guide: a fault would spoil it for
/// long. That ends with 300 answers, since histories that wait for what their test calls normal would freeze. It
/// ends before where p was below alpha for a few answers and more than a quarter of all: a test to which so much is
/// anomalous does not tell a fault, and a history that takes in only what is as its first windows were fills up
/// slowly, so that answers grow for long.
bool trusts_p(const Calibration& calibration, double alpha) noexcept {
  constexpr double short_history = 300;
  constexpr double few = 3;
  constexpr double share = 0.25;
  const double answers = calibration.answers();
  return answers < short_history && calibration.stronger_than(-std::log10(alpha)) <= few + share * answers;
}

bool calibrates_itself(const DetectorResult& result) noexcept {
  return result.spec->chosen->algorithm->description().calibrated();
}

Learned learned_of(const DetectorResult& result, const Calibration& calibration, double alpha) noexcept {
  const bool held_against_others = !calibrates_itself(result) && !std::isnan(result.decision.calibrated);
  const bool below = result.evaluation.p < alpha || result.decision.calibrated < alpha;
  if (!held_against_others || !below) return Learned::normal;
  return trusts_p(calibration, alpha) ? Learned::as_by_both : Learned::not_clearly_anomalous;
}

/// By how much the window differs, in the field's unit: by the detector's own reckoning where it offers one.
double deviation_of(const DetectorResult& result, const SeriesState& series, double mean) noexcept {
  const double own = std::abs(result.evaluation.observed - result.evaluation.expected);
  return std::isnan(own) ? series.variations.front().difference(mean) : own;
}

}  // namespace

/// An answer is held against those before it; it joins them once it has been decided upon.
void Pipeline::calibrate(const SeriesState& series, std::span<DetectorResult> results) const {
  for (DetectorResult& result : results) {
    if (calibrates_itself(result)) {
      result.decision.calibrated = result.evaluation.p;
      continue;
    }
    const double strength = strength_of(result.evaluation);
    if (std::isnan(strength)) continue;
    const Calibration& calibration = series.detectors[result.place].calibration;
    const bool has_p = !std::isnan(result.evaluation.p);
    result.decision.calibrated =
        has_p && !calibration.varies() ? result.evaluation.p : calibration.p(strength);
  }
}

/// Each result by its own p-value; then all results of a field set together: that decides whether they learn.
Decision Pipeline::decide(SeriesState& series, std::span<DetectorResult> results,
                          const Decider& decider) const {
  double magnitude = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t i = 0; i < series.variations.size(); ++i)
    magnitude = std::fmax(magnitude, series.variations[i].effect(field_set_window_.abi().columns[i]->mean));
  Together together;
  for (DetectorResult& result : results) {
    DetectorState& state = series.detectors[result.place];
    const bool calibrates = !calibrates_itself(result);
    const double answers = calibrates ? state.calibration.answers() : static_cast<double>(series.windows - 1);
    result.decision = decider.decide(result.evaluation.p, result.decision.calibrated,
                                     learned_of(result, state.calibration, decider.alpha()));
    result.decision.young = answers < 1 / decider.alpha();
    if (plan_.min_effect > 0) result.decision.magnitude = std::fmin(magnitude, largest);
    if (result.decision.anomalous && is_small(result, series, magnitude))
      decider.call_normal(result.decision);
    if (calibrates && !std::isnan(result.decision.calibrated))
      state.calibration.add(strength_of(result.evaluation), result.decision.anomalous);
    if (result.decision.judged() && !too_young(series)) {
      result.decision.alarm = state.rest.alarms(result.decision.anomalous, result.decision.score,
                                                verdict_.window->end, plan_.rest);
    }
    together.add(result.decision);
  }
  return results.size() == 1 ? results[0].decision : together.decided_by(decider);
}

/// Whether a window that is rare differs by so little that nobody wants to hear of it.
bool Pipeline::is_small(const DetectorResult& result, const SeriesState& series,
                        double magnitude) const noexcept {
  if (result.evaluation.outcome == ODDITY_CONSTANT) {
    if (plan_.on_constant == options::OnConstant::ignore) return true;
    if (plan_.on_constant == options::OnConstant::floor && magnitude < 1) return true;
  }
  if (plan_.min_effect > 0 && magnitude < plan_.min_effect) return true;
  return plan_.min_deviation > 0 &&
         deviation_of(result, series, field_set_window_.abi().columns[0]->mean) < plan_.min_deviation;
}

bool Pipeline::too_young(const SeriesState& series) const noexcept {
  return plan_.min_history.exceeds(series.windows - 1,
                                   window::elapsed(series.first_end, verdict_.window->end));
}

void Pipeline::learn(SeriesState& series, const FieldSet& field_set, const Decision& decision) {
  const bool relearned = !plan_.relearn_after.none() && relearn(series, field_set, decision);
  const bool learn = relearned || decision.learn || plan_.learn == options::LearnFrom::always;
  if (!relearned) update(series, field_set, learn);
  const oddity_window& window = field_set_window_.abi();
  for (std::size_t i = 0; i < series.variations.size(); ++i)
    series.variations[i].add(window.columns[i]->mean, learn);
  if (learn) {
    for (std::size_t i = 0; i < series.correlations.size(); ++i)
      series.correlations[i].add(std::span(window.columns[i]->values, window.rows).last(window.fresh));
  }
  series.last_seen = std::max(series.last_seen, field_set_window_.latest());
  if (learn) series.last_learned = std::max(series.last_learned, field_set_window_.latest());
}

void Pipeline::update(SeriesState& series, const FieldSet& field_set, bool learn) {
  const oddity_window window = learn ? field_set_window_.abi() : field_set_window_.abi_seen(series.last_seen);
  for (std::size_t i = 0; i < field_set.specs.size(); ++i) {
    plugin::Detector& detector = series.detectors[i].detector;
    try {
      const auto running = inside(field_set.specs[i], &verdict_.window->group);
      detector.update(window, learn);
    } catch (const plugin::Failure& failure) {
      start_again(detector, field_set.specs[i], field_set, verdict_.window->group, failure.what());
    }
  }
}

/// A run that cannot be followed any more begins anew with the next anomalous window.
void Pipeline::give_up_run(SeriesState& series, const std::string& group, std::string_view why) {
  ++totals_.failures;
  if (const auto before = failures_told_.tell()) {
    log_.line("group '{}': what may become normal could not be followed: {}{}", group, why,
              *before == 0 ? "" : fmt::format(" ({} more since the last such line)", *before));
  }
  series.run = {};
}

/// Follows a run of anomalous windows with detectors that have learned nothing else. True: it has lasted long
/// enough, and they have taken over.
bool Pipeline::relearn(SeriesState& series, const FieldSet& field_set, const Decision& decision) {
  if (!decision.judged()) return false;
  AnomalousRun& run = series.run;
  if (!decision.anomalous) {
    run = {};
    return false;
  }
  try {
    if (run.empty()) {
      run.begin = verdict_.window->end;
      for (const DetectorSpec& spec : field_set.specs) run.candidates.push_back(make(spec, field_set));
    }
    ++run.windows;
    const oddity_window window = field_set_window_.abi_seen(series.last_seen);
    for (std::size_t i = 0; i < field_set.specs.size(); ++i) {
      const auto running = inside(field_set.specs[i], &verdict_.window->group);
      run.candidates[i].update(window, true);
    }
  } catch (const std::exception& failure) {
    give_up_run(series, verdict_.window->group, failure.what());
    return false;
  }
  if (plan_.relearn_after.exceeds(run.windows, window::elapsed(run.begin, verdict_.window->end)))
    return false;
  for (std::size_t i = 0; i < series.detectors.size(); ++i)
    series.detectors[i].detector = std::move(run.candidates[i]);
  ++totals_.relearned;
  if (const auto before = relearned_told_.tell()) {
    log_.line(
        "group '{}': {} anomalous windows, one after the other, are normal from here on (relearnAfter){}",
        verdict_.window->group, run.windows,
        *before == 0 ? "" : fmt::format(" ({} more since the last such line)", *before));
  }
  run = {};
  return true;
}

}  // namespace oddity::detect
