#include "watch/watch_json.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "exchange/clock.hpp"

namespace oddity::live {
namespace {

using nlohmann::json;

constexpr std::size_t spark_points = 60;

/// Names are a stranger's, perhaps no UTF-8.
std::string text(const json& object) { return object.dump(-1, ' ', false, json::error_handler_t::replace); }

json number(double value) { return std::isfinite(value) ? json(value) : json(nullptr); }
json number(float value) { return number(static_cast<double>(value)); }
std::int64_t milliseconds_of(std::int64_t time) { return time / 1'000'000; }

json totals(const Watch& watch, const StatusNumbers& numbers) {
  const WorkerTotals all = all_workers(numbers);
  return {{"points", all.points},
          {"series", all.groups},
          {"alarms", all.alarms},
          {"left_out", watch.left_out(all.groups)},
          {"dropped",
           numbers.unreadable + numbers.unjudged + numbers.refused + numbers.results_dropped + all.skipped}};
}

json tags(const SeriesName& name) {
  json object = json::object();
  for (const auto& [key, value] : name.tags) object[key] = value;
  return object;
}

json head(const WatchedSeries& series) {
  return {{"id", series.id},
          {"measurement", series.name.measurement},
          {"tags", tags(series.name)},
          {"field", series.name.field}};
}

json entry(const WatchedSeries& series) {
  json object = head(series);
  object["alarms"] = series.alarms;
  object["last_alarm"] = series.last_alarm ? json(milliseconds_of(*series.last_alarm)) : json(nullptr);
  object["state"] = "young";
  if (series.points.empty()) return object;
  const WatchedPoint& latest = series.points.back();
  object["time"] = milliseconds_of(latest.time);
  object["value"] = number(latest.value);
  object["score"] = number(latest.score);
  if (latest.anomalous) {
    object["state"] = "anomalous";
  } else if (!std::isnan(latest.score) && !latest.young) {
    object["state"] = "normal";
  }
  return object;
}

json point_json(const WatchedPoint& point, const std::vector<std::string>& names) {
  json said = json::object();
  for (const Said& one : point.said) {
    if (one.name < names.size()) said[names[one.name]] = number(one.value);
  }
  return {{"t", milliseconds_of(point.time)},
          {"v", number(point.value)},
          {"score", number(point.score)},
          {"anomalous", point.anomalous},
          {"alarm", point.alarm},
          {"expected", number(point.expected)},
          {"lower", number(point.lower)},
          {"upper", number(point.upper)},
          {"said", std::move(said)},
          {"why", point.why}};
}

std::string event(const char* name, const json& data) {
  return std::string("event: ") + name + "\ndata: " + text(data) + "\n\n";
}

json alarm_json(const WatchedSeries& series, const WatchedPoint& point) {
  json alarm = head(series);
  alarm["t"] = milliseconds_of(point.time);
  alarm["v"] = number(point.value);
  alarm["score"] = number(point.score);
  return alarm;
}

}  // namespace

std::string series_json(const Watch& watch, const StatusNumbers& numbers) {
  json all = json::array();
  watch.each([&](const WatchedSeries& series) { all.push_back(entry(series)); });
  return text({{"now", milliseconds_of(now())},
               {"title", "oddity live"},
               {"totals", totals(watch, numbers)},
               {"series", std::move(all)}});
}

std::string sparks_json(const Watch& watch, std::span<const std::uint64_t> ids) {
  json sparks = json::object();
  for (const std::uint64_t id : ids) {
    watch.one(id, [&](const WatchedSeries& series) {
      json points = json::array();
      const std::size_t from = series.points.size() - std::min(series.points.size(), spark_points);
      for (std::size_t i = from; i < series.points.size(); ++i) {
        const WatchedPoint& point = series.points[i];
        points.push_back({milliseconds_of(point.time), number(point.value), number(point.lower),
                          number(point.upper), point.alarm ? 1 : 0});
      }
      sparks[std::to_string(id)] = std::move(points);
    });
  }
  return text({{"sparks", std::move(sparks)}});
}

std::optional<std::string> one_series_json(const Watch& watch, std::uint64_t id) {
  const std::vector<std::string> names = watch.said_names();
  json object;
  const bool found = watch.one(id, [&](const WatchedSeries& series) {
    object = head(series);
    json points = json::array();
    for (const WatchedPoint& point : series.points) points.push_back(point_json(point, names));
    object["points"] = std::move(points);
  });
  return found ? std::optional(text(object)) : std::nullopt;
}

std::string events(const Watch& watch, const std::vector<Watch::News>& news,
                   std::span<const std::uint64_t> ids, const StatusNumbers& numbers) {
  if (news.empty()) return {};
  const std::vector<std::string> names = watch.said_names();
  json points = json::array();
  json fresh = json::array();
  std::string out;
  for (const Watch::News& one : news) {
    if (one.new_series)
      watch.one(one.id, [&](const WatchedSeries& series) { fresh.push_back(entry(series)); });
    if (one.point.alarm)
      watch.one(one.id,
                [&](const WatchedSeries& series) { out += event("alarm", alarm_json(series, one.point)); });
    if (std::find(ids.begin(), ids.end(), one.id) == ids.end()) continue;
    json point = point_json(one.point, names);
    point["id"] = one.id;
    points.push_back(std::move(point));
  }
  if (!fresh.empty()) out.insert(0, event("series", {{"series", std::move(fresh)}}));
  out += event(
      "update",
      {{"now", milliseconds_of(now())}, {"totals", totals(watch, numbers)}, {"points", std::move(points)}});
  return out;
}

}  // namespace oddity::live
