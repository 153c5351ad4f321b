#include "detect/engine.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "detect/group.hpp"

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

void check(const oddity_evaluation& evaluation) {
  if (!std::isnan(evaluation.p) && !(evaluation.p >= 0 && evaluation.p <= 1)) {
    throw plugin::Failure(fmt::format("expected a p-value from 0 to 1, got {}", evaluation.p));
  }
}

bool says_anything(const oddity_evaluation& evaluation) noexcept {
  return !std::isnan(evaluation.p) ||
         std::any_of(std::begin(evaluation.outputs), std::end(evaluation.outputs),
                     [](double value) { return std::isfinite(value); });
}

}  // namespace

Engine::Engine(Plan plan, Log& log) : plan_(std::move(plan)), subjects_(subjects_of(plan_)), log_(log) {
  for (const Subject& subject : subjects_) {
    for (const Sensor& sensor : subject.sensors) make(sensor, subject);
  }
  verdict_.alpha = plan_.alpha;
}

Engine::~Engine() = default;

plugin::Detector Engine::make(const Sensor& sensor, const Subject& subject) const {
  return {*sensor.chosen->algorithm, static_cast<std::uint32_t>(subject.columns.size())};
}

Engine::Group& Engine::group_of(const std::string& key) {
  const auto [found, added] = groups_.try_emplace(key);
  if (added) {
    for (const Subject& subject : subjects_) {
      Learner learner;
      for (const Sensor& sensor : subject.sensors) learner.detectors.push_back(make(sensor, subject));
      found->second.learners.push_back(std::move(learner));
    }
  }
  return found->second;
}

const Verdict& Engine::judge(const window::GroupWindow& window) {
  Group& group = group_of(window.group);
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
  return verdict_;
}

void Engine::evaluate(Learner& learner, const Subject& subject) {
  const oddity_question question{sizeof question, ODDITY_BOTH, plan_.alpha};
  std::size_t judged = 0;
  double least = 1;
  for (std::size_t i = 0; i < subject.sensors.size(); ++i) {
    oddity_evaluation evaluation = blank();
    try {
      learner.detectors[i].evaluate(subject_window_.door(), question, evaluation);
      check(evaluation);
    } catch (const plugin::Failure& failure) {
      start_again(learner.detectors[i], subject.sensors[i], subject, failure.what());
      continue;
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
      learner.detectors[i].update(window, normal);
    } catch (const plugin::Failure& failure) {
      start_again(learner.detectors[i], subject.sensors[i], subject, failure.what());
    }
  }
  learner.last_seen = std::max(learner.last_seen, subject_window_.latest());
  if (normal) learner.last_learned = std::max(learner.last_learned, subject_window_.latest());
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

void Engine::start_again(plugin::Detector& detector, const Sensor& sensor, const Subject& subject,
                         std::string_view why) {
  if (totals_.failures++ == 0) {
    log_.line("detector '{}' failed: {}; no result for this window, its group starts again (told once)",
              sensor.chosen->algorithm->name(), why);
  }
  detector = make(sensor, subject);
}

Engine::Totals Engine::totals() const noexcept {
  Totals totals = totals_;
  totals.groups = groups_.size();
  return totals;
}

}  // namespace oddity::detect
