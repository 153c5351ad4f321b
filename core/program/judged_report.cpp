#include "judged_report.hpp"

#include <fmt/format.h>

#include <cmath>

namespace oddity::program {

/// The place of the group's first series, or most_series: the report is full.
std::size_t JudgedReport::first_of(const window::GroupWindow& window,
                                   const std::vector<std::string>& fields) {
  const std::string key = window.group + '\n' + fields.front();
  if (const auto found = first_.find(key); found != first_.end()) return found->second;
  if (data_.series.size() + fields.size() > most_series && !data_.series.empty()) return most_series;
  const std::size_t first = data_.series.size();
  first_.emplace(key, first);
  for (const std::string& field : fields) {
    data_.series.push_back(
        {window.name, window.tags, field, {}, false, 0, page::ThinnedPoints(most_of_one_)});
    said_.emplace_back();
  }
  make_room();
  return first;
}

/// The more series, the fewer points of each.
void JudgedReport::make_room() {
  constexpr std::size_t fewest = 40;
  while (most_of_one_ > fewest && data_.series.size() * most_of_one_ > most_points) {
    most_of_one_ /= 2;
    for (page::ReportSeries& series : data_.series) series.points.limit(most_of_one_);
  }
}

void JudgedReport::add(const detect::Verdict& verdict, const std::vector<std::string>& fields) {
  const window::GroupWindow& window = *verdict.window;
  if (window.rows() == 0) return;
  ++data_.windows;
  data_.alarms += verdict.overall.alarm ? 1 : 0;
  const std::size_t first = first_of(window, fields);
  if (first == most_series) {
    if (data_.dropped++ == 0) first_left_out_ = window.group;
    return;
  }
  for (std::size_t column = 0; column < fields.size(); ++column) add_point(first + column, verdict, column);
}

void JudgedReport::add_point(std::size_t place, const detect::Verdict& verdict, std::size_t column) {
  const JudgedPoint judged = point_of(verdict, column, said_[place]);
  if (std::isnan(judged.point.value)) return;
  page::ReportSeries& series = data_.series[place];
  series.young = judged.young;
  series.alarms += judged.point.alarm ? 1 : 0;
  series.points.add(judged.point);
}

std::vector<std::string> JudgedReport::notes() const {
  std::vector<std::string> notes;
  if (data_.dropped != 0) {
    notes.push_back(fmt::format(
        "Only the first {} series are shown: {} windows of further groups are left out, the first of '{}'",
        data_.series.size(), data_.dropped, first_left_out_));
  }
  std::size_t thinned = 0;
  std::size_t anomalies = 0;
  for (const page::ReportSeries& series : data_.series) {
    thinned += series.points.thinned() ? 1 : 0;
    anomalies += series.points.thinned_anomalies() ? 1 : 0;
  }
  if (thinned != 0) {
    notes.push_back(fmt::format(
        "{} of {} series are thinned: of each stretch of normal windows the least and the greatest are "
        "shown{}",
        thinned, data_.series.size(),
        anomalies == 0 ? ", and every anomalous one"
                       : fmt::format(", in {} of them of anomalous ones, too", anomalies)));
  }
  return notes;
}

std::string JudgedReport::write(const std::string& title, const std::string& subtitle) {
  data_.title = title;
  data_.subtitle = subtitle;
  data_.notes = notes();
  for (std::size_t i = 0; i < said_.size(); ++i) data_.series[i].outputs = said_[i].names();
  out_.write(page::report(data_));
  return fmt::format("report: {}, {} series{}", file_, data_.series.size(),
                     data_.notes.empty() ? "" : " (not all is shown: the page says what)");
}

}  // namespace oddity::program
