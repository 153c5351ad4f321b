#include "watch/watch.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace oddity::live {

void Watch::take(const Frame& frame) {
  const std::lock_guard lock(mutex_);
  if (frame.kind == FrameKind::ready) {
    ids_.clear();
    name_of_.clear();
  }
  if (frame.kind == FrameKind::series) take_series(frame);
  if (frame.kind == FrameKind::said_name) take_name(frame);
  if (frame.kind == FrameKind::judged) take_point(frame);
}

void Watch::take_series(const Frame& frame) {
  SeriesName name;
  if (!SeriesName::read(frame.body, name)) return;
  if (const auto known = by_key_.find(frame.body); known != by_key_.end()) {
    ids_.erase(std::exchange(known->second->number, frame.number));
    ids_[frame.number] = known->second->id;
    return;
  }
  if (size() >= most_series) forget_one();
  WatchedSeries& series = calm_.emplace_back();
  series.id = next_id_++;
  series.number = frame.number;
  series.key = frame.body;
  series.name = std::move(name);
  by_key_.emplace(series.key, std::prev(calm_.end()));
  by_id_.emplace(series.id, std::prev(calm_.end()));
  ids_[frame.number] = series.id;
}

void Watch::forget_one() {
  Order& order = calm_.empty() ? odd_ : calm_;
  const WatchedSeries& first = order.front();
  ids_.erase(first.number);
  by_id_.erase(first.id);
  by_key_.erase(first.key);
  order.pop_front();
  ++forgotten_;
}

void Watch::take_name(const Frame& frame) {
  const auto found = std::find(said_names_.begin(), said_names_.end(), frame.body);
  const auto place = static_cast<std::uint32_t>(found - said_names_.begin());
  if (found == said_names_.end()) said_names_.emplace_back(frame.body);
  constexpr std::size_t most_names = 1'000;
  if (frame.number >= most_names) return;
  if (name_of_.size() <= frame.number) name_of_.resize(frame.number + 1);
  name_of_[frame.number] = place;
}

void Watch::take_point(const Frame& frame) {
  std::string_view body = frame.body;
  JudgedPoint judged;
  if (!take_plain(body, judged)) return;
  const auto id = ids_.find(judged.series);
  const auto found = id == ids_.end() ? by_id_.end() : by_id_.find(id->second);
  if (found == by_id_.end()) return;
  WatchedPoint point{judged.time,
                     judged.value,
                     static_cast<float>(judged.score),
                     static_cast<float>(judged.expected),
                     static_cast<float>(judged.lower),
                     static_cast<float>(judged.upper),
                     judged.young,
                     judged.anomalous,
                     judged.alarm,
                     {},
                     {}};
  Said said;
  for (std::uint8_t left = judged.said; left > 0 && take_plain(body, said); --left) {
    if (said.name < name_of_.size()) point.said.push_back({name_of_[said.name], said.value});
  }
  point.why = body;
  WatchedSeries& series = *found->second;
  Order& from = series.ever_odd ? odd_ : calm_;
  series.ever_odd = series.ever_odd || point.anomalous || point.alarm;
  Order& to = series.ever_odd ? odd_ : calm_;
  if (&to == &calm_ || point.anomalous || point.alarm) to.splice(to.end(), from, found->second);
  keep(series, std::move(point));
}

void Watch::keep(WatchedSeries& series, WatchedPoint point) {
  // A point that a worker told of before it died comes again from the next one.
  const bool again = !series.points.empty() && series.points.back().time == point.time;
  if (again) {
    series.alarms -= series.points.back().alarm ? 1 : 0;
    series.points.pop_back();
  }
  if (point.alarm) {
    ++series.alarms;
    series.last_alarm = point.time;
  }
  if (news_.size() == most_news) {
    news_.pop_front();
    ++first_news_;
  }
  news_.push_back({series.id, point, series.points.empty() && !again});
  if (!series.points.empty() && !series.points.back().anomalous) series.points.back().said = {};
  series.points.push_back(std::move(point));
  const std::size_t most = size() > very_many_series ? most_points_of_very_many
                           : size() > many_series    ? most_points_of_many
                                                     : most_points;
  while (series.points.size() > most) series.points.pop_front();
}

std::vector<std::string> Watch::said_names() const {
  const std::lock_guard lock(mutex_);
  return said_names_;
}

std::vector<Watch::News> Watch::news(std::uint64_t& from) const {
  const std::lock_guard lock(mutex_);
  const std::uint64_t begin = std::max(from, first_news_);
  from = first_news_ + news_.size();
  return {news_.begin() + static_cast<std::ptrdiff_t>(std::min(begin, from) - first_news_), news_.end()};
}

std::uint64_t Watch::next_news() const {
  const std::lock_guard lock(mutex_);
  return first_news_ + news_.size();
}

double Watch::worst_score() const {
  double worst = absent;
  each([&](const WatchedSeries& series) {
    if (series.points.empty()) return;
    const double score = static_cast<double>(series.points.back().score);
    if (!(worst >= score) && !std::isnan(score)) worst = score;
  });
  return worst;
}

std::uint64_t Watch::left_out(std::uint64_t known) const {
  const std::lock_guard lock(mutex_);
  return std::min(forgotten_, known - std::min<std::uint64_t>(known, size()));
}

}  // namespace oddity::live
