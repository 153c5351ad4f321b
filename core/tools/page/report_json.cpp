#include "page/report_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>

namespace oddity::page {
namespace {

/// A string of JSON without `<`, which could end the script that it stands in.
void append_string(std::string& text, const std::string& string) {
  using nlohmann::json;
  for (const char c : json(string).dump(-1, ' ', false, json::error_handler_t::replace)) {
    if (c == '<')
      text += "\\u003c";
    else
      text += c;
  }
}

void append_strings(std::string& text, const std::vector<std::string>& strings) {
  text += '[';
  for (std::size_t i = 0; i < strings.size(); ++i) {
    if (i != 0) text += ',';
    append_string(text, strings[i]);
  }
  text += ']';
}

void append_number(std::string& text, double number) {
  if (std::isfinite(number))
    fmt::format_to(std::back_inserter(text), "{:.9g}", number);
  else
    text += "null";
}

/// Rounded down, also before 1970.
std::int64_t milliseconds(std::int64_t time) {
  constexpr std::int64_t in_one = 1'000'000;
  return time / in_one - (time % in_one < 0 ? 1 : 0);
}

/// A comma, a name and its numbers; nothing where none is finite.
template <class Of>
void append_column(std::string& text, const std::string& name, const std::vector<Point>& points, Of of) {
  if (std::none_of(points.begin(), points.end(), [&](const Point& one) { return std::isfinite(of(one)); }))
    return;
  if (text.back() != '{') text += ',';
  append_string(text, name);
  text += ":[";
  for (const Point& point : points) {
    append_number(text, of(point));
    text += ',';
  }
  text.back() = ']';
}

/// By the place of the point: few have any.
void append_reasons(std::string& text, const std::vector<Point>& points) {
  text += ",\"why\":{";
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points[i].why.empty()) continue;
    fmt::format_to(std::back_inserter(text), "{}\"{}\":", text.back() == '{' ? "" : ",", i);
    append_string(text, points[i].why);
  }
  text += '}';
}

void append_columns(std::string& text, const ReportSeries& series, const std::vector<Point>& points) {
  text += "{\"t\":[";
  for (std::size_t i = 0; i < points.size(); ++i)
    fmt::format_to(std::back_inserter(text), "{}{}", i == 0 ? "" : ",", milliseconds(points[i].time));
  text += ']';
  append_column(text, "v", points, [](const Point& point) { return point.value; });
  append_column(text, "low", points, [](const Point& point) { return point.least; });
  append_column(text, "high", points, [](const Point& point) { return point.greatest; });
  append_column(text, "score", points, [](const Point& point) { return point.score; });
  append_column(text, "expected", points, [](const Point& point) { return point.expected; });
  append_column(text, "lower", points, [](const Point& point) { return point.lower; });
  append_column(text, "upper", points, [](const Point& point) { return point.upper; });
  append_column(text, "flags", points, [](const Point& point) {
    return point.alarm ? 3.0 : point.anomalous ? 1.0 : 0.0;
  });
  append_reasons(text, points);
  text += ",\"said\":{";
  for (std::size_t i = 0; i < series.outputs.size(); ++i) {
    append_column(text, series.outputs[i], points,
                  [i](const Point& point) { return i < point.said.size() ? point.said[i] : nothing; });
  }
  text += "}}";
}

void append_tags(std::string& text, const Tags& tags) {
  text += '{';
  for (const auto& [key, value] : tags) {
    if (text.back() != '{') text += ',';
    append_string(text, key);
    text += ':';
    append_string(text, value);
  }
  text += '}';
}

std::optional<std::int64_t> last_alarm(const std::vector<Point>& points) {
  const auto found =
      std::find_if(points.rbegin(), points.rend(), [](const Point& point) { return point.alarm; });
  return found == points.rend() ? std::nullopt : std::optional(milliseconds(found->time));
}

void append_series(std::string& text, std::size_t id, const ReportSeries& series) {
  const std::vector<Point> points = series.points.points();
  const Point latest = points.empty() ? Point{} : points.back();
  const std::optional<std::int64_t> alarm = last_alarm(points);
  fmt::format_to(std::back_inserter(text), "{{\"id\":{},\"measurement\":", id);
  append_string(text, series.measurement);
  text += ",\"tags\":";
  append_tags(text, series.tags);
  text += ",\"field\":";
  append_string(text, series.field);
  text += ",\"time\":" + (points.empty() ? "null" : std::to_string(milliseconds(latest.time)));
  text += ",\"value\":";
  append_number(text, latest.value);
  text += ",\"score\":";
  append_number(text, latest.score);
  fmt::format_to(std::back_inserter(text),
                 ",\"state\":\"{}\",\"alarms\":{},\"last_alarm\":{},\"shown\":{},\"of\":{},\"columns\":",
                 latest.anomalous ? "anomalous"
                 : series.young   ? "young"
                                  : "normal",
                 series.alarms, alarm ? std::to_string(*alarm) : "null", points.size(),
                 series.points.added());
  append_columns(text, series, points);
  text += '}';
}

}  // namespace

void append_json(std::string& text, const ReportData& data) {
  text += "{\"title\":";
  append_string(text, data.title);
  text += ",\"subtitle\":";
  append_string(text, data.subtitle);
  text += ",\"notes\":";
  append_strings(text, data.notes);
  fmt::format_to(std::back_inserter(text),
                 ",\"totals\":{{\"points\":{},\"series\":{},\"alarms\":{},\"dropped\":{}}},\"series\":[",
                 data.windows, data.series.size(), data.alarms, data.dropped);
  for (std::size_t i = 0; i < data.series.size(); ++i) {
    if (i != 0) text += ',';
    append_series(text, i, data.series[i]);
  }
  text += "]}";
}

}  // namespace oddity::page
