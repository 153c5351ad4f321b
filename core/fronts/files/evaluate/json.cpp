// The results as JSON.
#include <nlohmann/json.hpp>

#include "evaluate/report.hpp"

namespace oddity::evaluate {
namespace {

using Json = nlohmann::ordered_json;

constexpr double nanoseconds_a_second = 1e9;

/// What a curve has, too.
Json counts_json(const EventScore& score, double macro) {
  return {{"events", score.events},
          {"found", score.found},
          {"recall", score.recall()},
          {"macroRecall", macro},
          {"alarms", score.alarms},
          {"falseAlarms", score.false_alarms},
          {"falseAlarmsAWeek", score.false_alarms_a_week()},
          {"precision", score.precision()},
          {"f1", score.f1()}};
}

Json events_json(const std::string& name, const EventScore& score, double macro) {
  Json json{{"name", name}, {"series", score.series}, {"rows", score.rows}, {"weeks", score.weeks}};
  json.update(counts_json(score, macro));
  const Delay delay = score.median_delay();
  json["medianDelayRows"] = score.found == 0 ? Json() : Json(delay.rows);
  json["medianDelaySeconds"] =
      score.found == 0 ? Json() : Json(static_cast<double>(delay.time) / nanoseconds_a_second);
  json["oddOutside"] = score.odd_share_outside();
  return json;
}

Json nab_json(const NabScores& scores) {
  Json json;
  for (std::size_t i = 0; i < scores.size(); ++i) json[nab_profiles[i].name] = scores[i];
  return json;
}

Json curve_json(const Curve& curve) {
  Json points = Json::array();
  for (const CurvePoint& point : curve.points) {
    points.push_back({{"threshold", point.threshold}});
    points.back().update(counts_json(point.events, point.macro));
  }
  return points;
}

Json set_json(const SetResult& set, const Curve* curve, bool by_series) {
  Json json = events_json(set.name, set.events, set.macro);
  if (set.nab) {
    json["nab"] = {{"oddRows", nab_json(set.nab->at_threshold)},
                   {"alarms", nab_json(set.nab->alarms)},
                   {"best", nab_json(set.nab->best.scores)},
                   {"bestThresholds", nab_json(set.nab->best.thresholds)},
                   {"bestAlarms", nab_json(set.nab->best_alarms.scores)},
                   {"bestAlarmsThresholds", nab_json(set.nab->best_alarms.thresholds)}};
  }
  if (set.ucr) json["ucr"] = {{"right", set.ucr->right}, {"series", set.ucr->series}};
  if (by_series) {
    json["bySeries"] = Json::array();
    for (const SeriesResult& one : set.series) {
      Json& series = json["bySeries"].emplace_back(events_json(one.name, one.events, one.events.recall()));
      if (one.ucr_right) series["ucrRight"] = *one.ucr_right;
    }
  }
  if (curve != nullptr) json["curve"] = curve_json(*curve);
  return json;
}

}  // namespace

std::string json(const Report& report, bool by_series) {
  const auto curve = [&](std::size_t i) { return i < report.curves.size() ? &report.curves[i] : nullptr; };
  Json json{{"judgedBy", report.judged_by}, {"threshold", report.alarms.threshold}, {"sets", Json::array()}};
  for (std::size_t i = 0; i < report.sets.size(); ++i)
    json["sets"].push_back(set_json(report.sets[i], curve(i), by_series));
  if (report.all) json["all"] = set_json(*report.all, curve(report.sets.size()), false);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace oddity::evaluate
