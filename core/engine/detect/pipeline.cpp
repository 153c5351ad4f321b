#include "detect/pipeline.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.hpp"
#include "plugin/evaluation.hpp"
#include "plugin/standard_fields.hpp"
#include "window/saturating.hpp"

namespace oddity::detect {
namespace {

/// A detector that ignores the direction would answer another question than the one that was asked.
void require_direction(const Plan& plan) {
  std::vector<Diagnostic> diagnostics;
  for (const ChosenAlgorithm& chosen : plan.algorithms) {
    if (auto wrong = wrong_direction(chosen.algorithm->description(), plan.direction))
      diagnostics.push_back(std::move(*wrong));
  }
  if (!diagnostics.empty()) throw Error(std::move(diagnostics));
}

/// A strength alone says nothing until it is held against earlier ones.
void require_p(const Plan& plan) {
  std::vector<Diagnostic> diagnostics;
  for (const ChosenAlgorithm& chosen : plan.algorithms) {
    if (chosen.algorithm->description().offers_p || plan.calibrate == options::Calibrate::own) continue;
    diagnostics.push_back(
        {"option 'calibrate'",
         fmt::format("'own', since algorithm '{}' offers no p-value", chosen.algorithm->name()), "'none'",
         ""});
  }
  if (!diagnostics.empty()) throw Error(std::move(diagnostics));
}

/// A difference can be called small only against what is usual.
bool needs_variation(const Plan& plan) noexcept {
  return plan.min_effect > 0 || plan.min_deviation > 0 || plan.on_constant == options::OnConstant::floor;
}

bool says_anything(const oddity_evaluation& evaluation) noexcept {
  return !std::isnan(evaluation.p) || !std::isnan(evaluation.strength) ||
         std::any_of(std::begin(evaluation.outputs), std::end(evaluation.outputs),
                     [](double value) { return std::isfinite(value); });
}

}  // namespace

Pipeline::Pipeline(Plan plan, Log& log, RunningCall* call)
    : plan_(std::move(plan)),
      field_sets_(field_sets_of(plan_)),
      schema_(field_sets_),
      decider_(plan_.alpha),
      log_(log),
      own_call_(call == nullptr ? std::make_unique<RunningCall>() : nullptr),
      call_(call == nullptr ? own_call_.get() : call),
      watches_variation_(needs_variation(plan_)) {
  require_direction(plan_);
  require_p(plan_);
  for (const FieldSet& field_set : field_sets_) {
    for (const DetectorSpec& spec : field_set.specs) {
      const auto running = inside(spec, nullptr);
      make(spec, field_set);
    }
  }
  unanswered_told_.resize(field_sets_.size());
  verdict_.schema = &schema_;
}

Pipeline::~Pipeline() = default;

plugin::Detector Pipeline::make(const DetectorSpec& spec, const FieldSet& field_set) const {
  return {*spec.chosen->algorithm, static_cast<std::uint32_t>(field_set.columns.size())};
}

Group Pipeline::fresh_group() const {
  Group group;
  for (const FieldSet& field_set : field_sets_) {
    SeriesState series;
    for (const DetectorSpec& spec : field_set.specs)
      series.detectors.push_back({make(spec, field_set), {}, {}});
    if (watches_variation_) series.variations.resize(field_set.columns.size());
    if (plan_.autocorrelation == options::Autocorrelation::adjust)
      series.correlations.resize(field_set.columns.size());
    group.series.push_back(std::move(series));
  }
  return group;
}

Group& Pipeline::group_of(const window::GroupWindow& window) {
  Group* group = groups_.use(window.group);
  const bool expired = group != nullptr && plan_.ttl != 0 && window.end > never + plan_.ttl &&
                       window.end - plan_.ttl > group->last_end;
  if (expired) {
    groups_.forget(window.group);
    ++totals_.expired;
  }
  return group == nullptr || expired ? groups_.add(window.group, fresh_group()) : *group;
}

/// Four steps with data between them: the detectors assess, their answers are held against their earlier
/// ones, are decided upon, and the detectors learn.
const Verdict& Pipeline::judge(const window::GroupWindow& window) {
  Group& group = group_of(window);
  look_at_time(window, group);
  verdict_.window = &window;
  verdict_.results.clear();
  const Decider decider = decider_of(group);
  bool usable = false;
  for (std::size_t i = 0; i < field_sets_.size(); ++i) {
    if (!fill(window, field_sets_[i], group.series[i])) continue;
    usable = true;
    judge_series(field_sets_[i], group.series[i], decider);
  }
  ++(usable ? totals_.windows : totals_.empty);
  decide_overall(group, decider);
  forget_groups(window);
  return verdict_;
}

/// Of a rate of false alarms, the share of windows that may give one; as good as none while it is not known
/// how often windows come.
Decider Pipeline::decider_of(const Group& group) const noexcept {
  if (!plan_.false_alarms.promised()) return decider_;
  constexpr double least = 1e-12;
  constexpr double most = 0.1;
  return Decider(std::clamp(plan_.false_alarms.share_of_windows(group.spacing.usual()), least, most));
}

bool Pipeline::fill(const window::GroupWindow& window, const FieldSet& field_set, SeriesState& series) {
  if (!field_set_window_.fill(window, field_set, series.last_learned)) return false;
  for (std::size_t i = 0; i < series.correlations.size(); ++i)
    field_set_window_.set_autocorrelation(i, series.correlations[i].lag_one());
  ++series.windows;
  if (series.first_end == never) series.first_end = window.end;
  return true;
}

void Pipeline::judge_series(const FieldSet& field_set, SeriesState& series, const Decider& decider) {
  const std::size_t before = verdict_.results.size();
  assess(series, field_set, decider.alpha());
  const std::span<DetectorResult> results = std::span(verdict_.results).subspan(before);
  if (plan_.calibrate == options::Calibrate::own) calibrate(series, results);
  const Decision decision = decide(series, results, decider);
  if (too_young(series)) {
    verdict_.results.resize(before);
    learn(series, field_set, {});
  } else {
    learn(series, field_set, decision);
  }
}

void Pipeline::decide_overall(Group& group, const Decider& decider) {
  if (verdict_.results.size() == 1) {
    verdict_.overall = verdict_.results[0].decision;
  } else {
    Together together;
    for (const DetectorResult& result : verdict_.results) together.add(result.decision);
    verdict_.overall = together.decided_by(decider);
    if (verdict_.overall.judged()) {
      verdict_.overall.alarm = group.rest.alarms(verdict_.overall.anomalous, verdict_.overall.score,
                                                 verdict_.window->end, plan_.rest);
    }
  }
  totals_.anomalies += verdict_.overall.anomalous ? 1 : 0;
  totals_.alarms += verdict_.overall.alarm ? 1 : 0;
}

void Pipeline::assess(SeriesState& series, const FieldSet& field_set, double alpha) {
  const oddity_question question{sizeof question, static_cast<std::int32_t>(plan_.direction), alpha};
  for (std::size_t i = 0; i < field_set.specs.size(); ++i) {
    oddity_evaluation evaluation = plugin::blank_evaluation();
    plugin::Detector& detector = series.detectors[i].detector;
    try {
      const auto running = inside(field_set.specs[i], &verdict_.window->group);
      detector.evaluate(field_set_window_.abi(), question, evaluation);
      plugin::check(evaluation);
    } catch (const plugin::Failure& failure) {
      start_again(detector, field_set.specs[i], field_set, verdict_.window->group, failure.what());
      continue;
    }
    if (evaluation.outcome == ODDITY_UNDEFINED) tell_unanswered(field_set.specs[i], field_set);
    const plugin::DetectorDescription& declared = field_set.specs[i].chosen->algorithm->description();
    if (plugin::is_judged(evaluation, declared)) {
      const std::string_view missing = plugin::missing_field(evaluation, declared);
      if (!missing.empty()) tell_missing(field_set.specs[i], missing);
    }
    if (says_anything(evaluation))
      verdict_.results.push_back({&field_set.specs[i], &field_set, i, evaluation, {}});
  }
}

/// A window without a p-value is reported nowhere, so the first one of each field is logged.
void Pipeline::tell_unanswered(const DetectorSpec& spec, const FieldSet& field_set) {
  ++totals_.unanswered;
  const auto place = static_cast<std::size_t>(&field_set - field_sets_.data());
  if (unanswered_told_[place]) return;
  unanswered_told_[place] = true;
  std::string fields;
  double min = std::numeric_limits<double>::infinity();
  double max = -min;
  for (std::size_t i = 0; i < field_set.columns.size(); ++i) {
    fields += (i == 0 ? "" : ", ") + plan_.fields[field_set.columns[i]];
    min = std::min(min, field_set_window_.abi().columns[i]->min);
    max = std::max(max, field_set_window_.abi().columns[i]->max);
  }
  const double size = std::max(std::abs(min), std::abs(max));
  constexpr double overflows = 1e150;
  constexpr double vanishes = 1e-150;
  log_.line(
      "group '{}', field '{}': detector '{}' has no answer for {} values from {:g} to {:g}: {}; such windows "
      "are learned without a verdict (logged once for each field)",
      verdict_.window->group, fields, spec.chosen->algorithm->name(), field_set_window_.abi().rows, min, max,
      size > overflows ? "their squares are too large for a double: scale the field, or leave such values out"
      : size < vanishes ? "their squares are too small for a double: scale the field"
                        : "they are too few for it, or its history holds values near 1e308");
}

void Pipeline::tell_missing(const DetectorSpec& spec, std::string_view field) {
  if (const auto before = missing_told_.tell()) {
    log_.line(
        "group '{}': detector '{}' judged a window without '{}', which it declares: an alert that names this "
        "field stays silent; its author can find it by 'oddity plugin check'{}",
        verdict_.window->group, spec.chosen->algorithm->name(), field,
        *before == 0 ? "" : fmt::format(" ({} more since the last such line)", *before));
  }
}

/// The windows of a group end later and later. One that does not marks a new start of time (a replay into
/// live state, a clock set back): all of its rows are learned, and times count from there.
void Pipeline::look_at_time(const window::GroupWindow& window, Group& group) {
  totals_.repeated += window.end == group.last_end ? 1 : 0;
  if (window.end < group.last_end) {
    ++totals_.backwards;
    for (SeriesState& series : group.series) {
      series.last_learned = series.last_seen = never;
      series.run = {};
      // As old as it was.
      if (series.first_end != never)
        series.first_end = window::elapsed(window::elapsed(series.first_end, group.last_end), window.end);
    }
    if (!std::exchange(logged_backwards_, true)) {
      log_.line(
          "time goes backwards: group '{}' had a window until {} ns, now one until {} ns; it is learned "
          "whole (logged once)",
          window.group, group.last_end, window.end);
    }
  }
  if (group.last_end != never) group.spacing.add(window::elapsed(group.last_end, window.end));
  group.last_end = window.end;
}

/// By age, as of the earlier of the last two windows' ends: a single window far in the future must not empty
/// the table. Then by number.
void Pipeline::forget_groups(const window::GroupWindow& window) {
  const std::int64_t now = std::min(window.end, latest_end_);
  latest_end_ = window.end;
  std::size_t expired = 0;
  if (plan_.ttl != 0 && now > never + plan_.ttl) expired = groups_.forget_before(now - plan_.ttl);
  const std::size_t evicted = groups_.keep_newest(plan_.max_groups);
  totals_.expired += expired;
  totals_.evicted += evicted;
  if (evicted == 0) return;  // expiring is normal; being evicted is worth a line
  if (const auto before = forgotten_told_.tell()) {
    log_.line("more than {} groups: the least recently used are forgotten, {} so far (maxGroups)",
              plan_.max_groups, totals_.evicted);
  }
}

void Pipeline::start_again(plugin::Detector& detector, const DetectorSpec& spec, const FieldSet& field_set,
                           const std::string& group, std::string_view why) {
  ++totals_.failures;
  if (const auto before = failures_told_.tell()) {
    log_.line("group '{}': detector '{}' failed: {}; no result for this window, its group starts again{}",
              group, spec.chosen->algorithm->name(), why,
              *before == 0 ? "" : fmt::format(" ({} more since the last such line)", *before));
  }
  try {
    const auto running = inside(spec, &group);
    detector = make(spec, field_set);
  } catch (const std::exception& refused) {
    // An instance with these options could be made before, so memory is short or the plugin is
    // broken: the old instance is kept.
    log_.line("group '{}': detector '{}' cannot start again: {}", group, spec.chosen->algorithm->name(),
              refused.what());
  }
}

Pipeline::Totals Pipeline::totals() const noexcept {
  Totals totals = totals_;
  totals.groups = groups_.size();
  return totals;
}

}  // namespace oddity::detect
