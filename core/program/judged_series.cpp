#include "judged_series.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/utf8.hpp"

namespace oddity::program {

JudgedSeries::JudgedSeries(std::vector<std::string> fields, std::int64_t period, const std::string& file)
    : fields_(std::move(fields)), period_(period), file_(file), out_("--picture", file) {}

/// nullptr: the picture is full.
JudgedSeries::Group* JudgedSeries::group_of(const window::GroupWindow& window) {
  if (const auto found = groups_.find(window.group); found != groups_.end()) return &found->second;
  if (!series_.empty() && series_.size() + fields_.size() > max_series) {
    left_out_ = true;
    return nullptr;
  }
  Group& group = groups_[window.group];
  group.first = series_.size();
  for (const std::string& field : fields_) {
    std::string name = window.group.empty() ? field : window.group + "  " + field;
    series_.push_back({to_utf8(name), {}, {}, {}});
  }
  return &group;
}

void JudgedSeries::add(const detect::Verdict& verdict) {
  const window::GroupWindow& window = *verdict.window;
  Group* const group = group_of(window);
  if (group == nullptr) return;
  std::int64_t latest = group->latest;
  for (std::size_t row = 0; row < window.rows(); ++row) {
    if (period_ != 0 && window.times[row] <= group->latest) continue;  // stood in the window before
    latest = std::max(latest, window.times[row]);
    for (std::size_t field = 0; field < fields_.size(); ++field) {
      series_[group->first + field].times.push_back(window.times[row]);
      series_[group->first + field].values.push_back(window.columns[field][row]);
    }
  }
  group->latest = latest;
  for (const detect::DetectorResult& result : verdict.results) {
    if (!result.decision.anomalous) continue;
    for (const std::size_t column : result.field_set->columns) {
      auto& found = series_[group->first + column].found;
      if (!found.empty() && found.back().end == window.end) continue;
      std::int64_t begin = 0;
      if (__builtin_sub_overflow(window.end, period_, &begin))
        begin = std::numeric_limits<std::int64_t>::min();
      found.push_back({begin, window.end});
    }
  }
}

std::string JudgedSeries::draw(const std::string& subtitle) {
  demo::Picture picture{"What Oddity found", subtitle, {}};
  for (Series& series : series_)
    picture.panels.push_back({series.name, "", series.times, series.values, std::move(series.found)});
  if (picture.panels.empty()) picture.panels.push_back({"nothing was judged", "", {}, {}, {}});
  out_.write(demo::draw(picture));
  return fmt::format("picture: {}, {} series{}", file_, series_.size(),
                     left_out_ ? " (those of further groups are left out)" : "");
}

}  // namespace oddity::program
