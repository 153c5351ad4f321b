#include "detect/engine.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "plugin/standard_fields.hpp"

namespace oddity::detect {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

oddity_evaluation blank() noexcept {
  oddity_evaluation evaluation{};
  evaluation.struct_size = sizeof evaluation;
  for (double* value : {&evaluation.p, &evaluation.strength, &evaluation.observed, &evaluation.expected,
                        &evaluation.lower, &evaluation.upper, &evaluation.effect}) {
    *value = nothing;
  }
  std::fill(std::begin(evaluation.outputs), std::end(evaluation.outputs), nothing);
  return evaluation;
}

/// The laws that can be seen in one answer.
void check(const oddity_evaluation& evaluation) {
  if (!std::isnan(evaluation.p) && !(evaluation.p >= 0 && evaluation.p <= 1))
    throw plugin::Failure(fmt::format("expected a p-value from 0 to 1, got {}", evaluation.p));
  if (evaluation.outcome < ODDITY_JUDGED || evaluation.outcome > ODDITY_UNDEFINED)
    throw plugin::Failure(fmt::format("expected an outcome of the door, got {}", evaluation.outcome));
  const auto infinite = [](double value) { return std::isinf(value); };
  if (infinite(evaluation.strength) || infinite(evaluation.observed) || infinite(evaluation.expected) ||
      infinite(evaluation.lower) || infinite(evaluation.upper) || infinite(evaluation.effect) ||
      std::any_of(std::begin(evaluation.outputs), std::end(evaluation.outputs), infinite)) {
    throw plugin::Failure("expected finite numbers, or NaN for what is absent, got an infinite one");
  }
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
      log_(log),
      own_call_(call == nullptr ? std::make_unique<RunningCall>() : nullptr),
      call_(call == nullptr ? own_call_.get() : call) {
  for (const Subject& subject : subjects_) {
    for (const Sensor& sensor : subject.sensors) {
      const auto running = inside(sensor, nullptr);
      make(sensor, subject);
    }
  }
  verdict_.alpha = plan_.alpha;
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

const Verdict& Engine::judge(const window::GroupWindow& window) {
  Group& group = group_of(window);
  heed_order(window, group);
  verdict_.window = &window;
  verdict_.findings.clear();
  bool usable = false;
  std::size_t judged = 0;
  double least = 1;
  for (std::size_t i = 0; i < subjects_.size(); ++i) {
    Learner& learner = group.learners[i];
    if (!subject_window_.fill(window, subjects_[i], learner.last_learned)) continue;
    usable = true;
    const std::size_t before = verdict_.findings.size();
    evaluate(learner, subjects_[i]);
    learn(learner, subjects_[i]);
    for (std::size_t f = before; f < verdict_.findings.size(); ++f) {
      const double p = verdict_.findings[f].evaluation.p;
      if (std::isnan(p)) continue;
      ++judged;
      least = std::min(least, p);
    }
  }
  ++(usable ? totals_.windows : totals_.empty);
  verdict_.p = overall_p(judged, least);
  verdict_.anomalous = verdict_.p < plan_.alpha;
  totals_.anomalies += verdict_.anomalous ? 1 : 0;
  forget_groups(window);
  return verdict_;
}

void Engine::evaluate(Learner& learner, const Subject& subject) {
  const oddity_question question{sizeof question, ODDITY_BOTH, plan_.alpha};
  std::size_t judged = 0;
  double least = 1;
  for (std::size_t i = 0; i < subject.sensors.size(); ++i) {
    oddity_evaluation evaluation = blank();
    try {
      const auto running = inside(subject.sensors[i], &verdict_.window->group);
      learner.detectors[i].evaluate(subject_window_.door(), question, evaluation);
      check(evaluation);
    } catch (const plugin::Failure& failure) {
      start_again(learner.detectors[i], subject.sensors[i], subject, verdict_.window->group, failure.what());
      continue;
    }
    if (evaluation.outcome == ODDITY_UNDEFINED) tell_unanswered(subject.sensors[i], subject);
    const oddity_description& declared = subject.sensors[i].chosen->algorithm->description();
    if (plugin::is_judged(evaluation, declared)) {
      const std::string_view missing = plugin::missing_field(evaluation, declared);
      if (!missing.empty()) tell_missing(subject.sensors[i], missing);
    }
    if (!says_anything(evaluation)) continue;
    verdict_.findings.push_back({&subject.sensors[i], evaluation, &subject});
    if (std::isnan(evaluation.p)) continue;
    ++judged;
    least = std::min(least, evaluation.p);
  }
  learner.p = overall_p(judged, least);
}

void Engine::learn(Learner& learner, const Subject& subject) {
  const bool normal = !(learner.p <= plan_.alpha);  // absent is learned
  const oddity_window window = normal ? subject_window_.door() : subject_window_.door_seen(learner.last_seen);
  for (std::size_t i = 0; i < subject.sensors.size(); ++i) {
    try {
      const auto running = inside(subject.sensors[i], &verdict_.window->group);
      learner.detectors[i].update(window, normal);
    } catch (const plugin::Failure& failure) {
      start_again(learner.detectors[i], subject.sensors[i], subject, verdict_.window->group, failure.what());
    }
  }
  learner.last_seen = std::max(learner.last_seen, subject_window_.latest());
  if (normal) learner.last_learned = std::max(learner.last_learned, subject_window_.latest());
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
