#include "detect/engine.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.hpp"
#include "plugin/evaluation.hpp"
#include "plugin/standard_fields.hpp"

namespace oddity::detect {
namespace {

/// A detector that does not look at the direction would answer another question than the one it was asked.
void require_direction(const Plan& plan) {
  std::vector<Complaint> complaints;
  for (const Chosen& chosen : plan.algorithms) {
    const auto& description = chosen.algorithm->description();
    if (description.serves(static_cast<std::int32_t>(plan.direction))) continue;
    complaints.push_back(
        {"option 'direction'",
         fmt::format("one that algorithm '{}' serves: {}", description.name,
                     fmt::join(plugin::directions_of(description), ", ")),
         fmt::format("'{}'", plugin::direction_names.at(static_cast<std::size_t>(plan.direction))), ""});
  }
  if (!complaints.empty()) throw Error(std::move(complaints));
}

bool says_anything(const oddity_evaluation& evaluation) noexcept {
  return !std::isnan(evaluation.p) ||
         std::any_of(std::begin(evaluation.outputs), std::end(evaluation.outputs),
                     [](double value) { return std::isfinite(value); });
}

}  // namespace

Engine::Engine(Plan plan, Log& log, RunningCall* call)
    : plan_(std::move(plan)),
      subjects_(subjects_of(plan_)),
      decider_(plan_.alpha),
      log_(log),
      own_call_(call == nullptr ? std::make_unique<RunningCall>() : nullptr),
      call_(call == nullptr ? own_call_.get() : call) {
  require_direction(plan_);
  for (const Subject& subject : subjects_) {
    for (const Sensor& sensor : subject.sensors) {
      const auto running = inside(sensor, nullptr);
      make(sensor, subject);
    }
  }
  unanswered_told_.resize(subjects_.size());
}

Engine::~Engine() = default;

plugin::Detector Engine::make(const Sensor& sensor, const Subject& subject) const {
  return {*sensor.chosen->algorithm, static_cast<std::uint32_t>(subject.columns.size())};
}

Group Engine::fresh_group() const {
  Group group;
  for (const Subject& subject : subjects_) {
    Learner learner;
    for (const Sensor& sensor : subject.sensors) learner.detectors.push_back(make(sensor, subject));
    group.learners.push_back(std::move(learner));
  }
  return group;
}

Group& Engine::group_of(const window::GroupWindow& window) {
  Group* group = groups_.use(window.group);
  const bool aged = group != nullptr && plan_.ttl != 0 && window.end > never + plan_.ttl &&
                    window.end - plan_.ttl > group->last_end;
  if (aged) {
    groups_.forget(window.group);
    ++totals_.aged;
  }
  return group == nullptr || aged ? groups_.add(window.group, fresh_group()) : *group;
}

/// Four steps with data between them: the detectors assess, their answers are calibrated, decided upon, and then they learn.
const Verdict& Engine::judge(const window::GroupWindow& window) {
  Group& group = group_of(window);
  heed_order(window, group);
  verdict_.window = &window;
  verdict_.findings.clear();
  bool usable = false;
  LeastP overall;
  for (std::size_t i = 0; i < subjects_.size(); ++i) {
    Learner& learner = group.learners[i];
    if (!subject_window_.fill(window, subjects_[i], learner.last_learned)) continue;
    usable = true;
    const std::size_t before = verdict_.findings.size();
    assess(learner, subjects_[i]);
    const std::span<Finding> findings = std::span(verdict_.findings).subspan(before);
    const Decision decision = decide(findings);
    learn(learner, subjects_[i], decision);
    for (const Finding& finding : findings) overall.add(finding.decision.p);
  }
  ++(usable ? totals_.windows : totals_.empty);
  verdict_.overall = verdict_.findings.size() == 1 ? verdict_.findings[0].decision : decider_.decide(overall.overall());
  totals_.anomalies += verdict_.overall.anomalous ? 1 : 0;
  forget_groups(window);
  return verdict_;
}

void Engine::assess(Learner& learner, const Subject& subject) {
  const oddity_question question{sizeof question, static_cast<std::int32_t>(plan_.direction), plan_.alpha};
  for (std::size_t i = 0; i < subject.sensors.size(); ++i) {
    oddity_evaluation evaluation = plugin::blank_evaluation();
    try {
      const auto running = inside(subject.sensors[i], &verdict_.window->group);
      learner.detectors[i].evaluate(subject_window_.door(), question, evaluation);
      plugin::check(evaluation);
    } catch (const plugin::Failure& failure) {
      start_again(learner.detectors[i], subject.sensors[i], subject, verdict_.window->group, failure.what());
      continue;
    }
    if (evaluation.outcome == ODDITY_UNDEFINED) tell_unanswered(subject.sensors[i], subject);
    const plugin::DetectorDescription& declared = subject.sensors[i].chosen->algorithm->description();
    if (plugin::is_judged(evaluation, declared)) {
      const std::string_view missing = plugin::missing_field(evaluation, declared);
      if (!missing.empty()) tell_missing(subject.sensors[i], missing);
    }
    if (says_anything(evaluation)) verdict_.findings.push_back({&subject.sensors[i], &subject, evaluation, {}});
  }
}

/// Each by its own p, which is the detector's; then all of a subject together, by which they learn.
Decision Engine::decide(std::span<Finding> findings) const {
  LeastP together;
  for (Finding& finding : findings) {
    const double p = finding.evaluation.p;  // where calibration comes in
    finding.decision = decider_.decide(p);
    together.add(p);
  }
  return findings.size() == 1 ? findings[0].decision : decider_.decide(together.overall());
}

void Engine::learn(Learner& learner, const Subject& subject, const Decision& decision) {
  const oddity_window window =
      decision.learn ? subject_window_.door() : subject_window_.door_seen(learner.last_seen);
  for (std::size_t i = 0; i < subject.sensors.size(); ++i) {
    try {
      const auto running = inside(subject.sensors[i], &verdict_.window->group);
      learner.detectors[i].update(window, decision.learn);
    } catch (const plugin::Failure& failure) {
      start_again(learner.detectors[i], subject.sensors[i], subject, verdict_.window->group, failure.what());
    }
  }
  learner.last_seen = std::max(learner.last_seen, subject_window_.latest());
  if (decision.learn) learner.last_learned = std::max(learner.last_learned, subject_window_.latest());
}

/// An outcome without a p is a window that nobody hears of, so the first of each field is told.
void Engine::tell_unanswered(const Sensor& sensor, const Subject& subject) {
  ++totals_.unanswered;
  const auto place = static_cast<std::size_t>(&subject - subjects_.data());
  if (unanswered_told_[place]) return;
  unanswered_told_[place] = true;
  std::string fields;
  double least = std::numeric_limits<double>::infinity();
  double most = -least;
  for (std::size_t i = 0; i < subject.columns.size(); ++i) {
    fields += (i == 0 ? "" : ", ") + plan_.fields[subject.columns[i]];
    least = std::min(least, subject_window_.door().columns[i]->least);
    most = std::max(most, subject_window_.door().columns[i]->most);
  }
  const double size = std::max(std::abs(least), std::abs(most));
  constexpr double overflows = 1e150;
  constexpr double vanishes = 1e-150;
  log_.line(
      "group '{}', field '{}': detector '{}' has no answer for {} values from {:g} to {:g}: {}; such windows "
      "are learned without a verdict (told once a field)",
      verdict_.window->group, fields, sensor.chosen->algorithm->name(), subject_window_.door().rows, least,
      most,
      size > overflows ? "their squares are too large for a double: scale the field, or leave such values out"
      : size < vanishes ? "their squares are too small for a double: scale the field"
                        : "they are too few for it, or its history holds values near 1e308");
}

void Engine::tell_missing(const Sensor& sensor, std::string_view field) {
  if (const auto before = missing_told_.tell()) {
    log_.line(
        "group '{}': detector '{}' judged a window without '{}', which it declares: an alert that names this "
        "field stays silent; its author can find it by 'oddity plugin check'{}",
        verdict_.window->group, sensor.chosen->algorithm->name(), field,
        *before == 0 ? "" : fmt::format(" ({} more since the last such line)", *before));
  }
}

/// Windows of a group end later and later. One that does not is a new start of time (a replay into live
/// state, a clock set back): it is learned whole, and the times begin anew.
void Engine::heed_order(const window::GroupWindow& window, Group& group) {
  if (window.end < group.last_end) {
    for (Learner& learner : group.learners) learner.last_learned = learner.last_seen = never;
    if (!std::exchange(logged_backwards_, true)) {
      log_.line(
          "time goes backwards: group '{}' had a window until {} ns, now one until {} ns; it is learned "
          "whole (told once)",
          window.group, group.last_end, window.end);
    }
  }
  group.last_end = window.end;
}

/// By age, as of the earlier of the last two windows' ends: a single window far in the future must not empty
/// the table. Then by number.
void Engine::forget_groups(const window::GroupWindow& window) {
  const std::int64_t now = std::min(window.end, latest_end_);
  latest_end_ = window.end;
  std::size_t aged = 0;
  if (plan_.ttl != 0 && now > never + plan_.ttl) aged = groups_.forget_before(now - plan_.ttl);
  const std::size_t crowded = groups_.keep_newest(plan_.max_groups);
  totals_.aged += aged;
  totals_.crowded += crowded;
  if (crowded == 0) return;  // to age is what groups are meant to do
  if (const auto before = forgotten_told_.tell()) {
    log_.line("more than {} groups: the least recently used are forgotten, {} so far (maxGroups)",
              plan_.max_groups, totals_.crowded);
  }
}

void Engine::start_again(plugin::Detector& detector, const Sensor& sensor, const Subject& subject,
                         const std::string& group, std::string_view why) {
  ++totals_.failures;
  if (const auto before = failures_told_.tell()) {
    log_.line("group '{}': detector '{}' failed: {}; no result for this window, its group starts again{}",
              group, sensor.chosen->algorithm->name(), why,
              *before == 0 ? "" : fmt::format(" ({} more since the last such line)", *before));
  }
  try {
    const auto running = inside(sensor, &group);
    detector = make(sensor, subject);
  } catch (const std::exception& refused) {
    // It was made before with these options, so memory is short or the plugin broken: the old one goes on.
    log_.line("group '{}': detector '{}' cannot start again: {}", group, sensor.chosen->algorithm->name(),
              refused.what());
  }
}

Engine::Totals Engine::totals() const noexcept {
  Totals totals = totals_;
  totals.groups = groups_.size();
  return totals;
}

}  // namespace oddity::detect
