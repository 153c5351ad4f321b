#include "judge/watch_frames.hpp"

#include <algorithm>

#include "exchange/frame.hpp"

namespace oddity::live {

void WatchFrames::append(const window::GroupWindow& window, double value, std::span<const ResultField> fields,
                         std::string& out) {
  JudgedPoint point;
  point.series = number_of(window, out);
  point.time = window.end;
  point.value = value;
  said_.clear();
  why_ = {};
  for (const ResultField& field : fields) sort_in(field, point, out);
  constexpr std::size_t most_said = 32;
  point.said = static_cast<std::uint8_t>(std::min(said_.size(), most_said));
  body_.assign(bytes_of(point));
  for (std::size_t i = 0; i < point.said; ++i) body_ += bytes_of(said_[i]);
  body_ += why_;
  append_frame(out, FrameKind::judged, point.series, body_);
}

std::uint64_t WatchFrames::number_of(const window::GroupWindow& window, std::string& out) {
  if (const auto found = places_.find(window.group); found != places_.end()) {
    order_.splice(order_.end(), order_, found->second);
    return found->second->number;
  }
  while (!order_.empty() && order_.size() >= most_) {
    places_.erase(order_.front().key);
    order_.pop_front();
  }
  Series& series = order_.emplace_back(Series{window.group, next_++});
  places_.emplace(series.key, std::prev(order_.end()));
  const std::size_t behind_tags = window.group.rfind('\n');
  SeriesName name{window.name, window.group.substr(behind_tags + 1), {}};
  for (const auto& tag : window.tags) {
    if (tag.second != name.field || (tag.first != "field" && tag.first != "oddity_field"))
      name.tags.push_back(tag);
  }
  body_.clear();
  name.write(body_);
  append_frame(out, FrameKind::series, series.number, body_);
  return series.number;
}

void WatchFrames::sort_in(const ResultField& field, JudgedPoint& point, std::string& out) {
  if (const auto* const flag = std::get_if<bool>(&field.value)) {
    if (field.name == "anomalous") point.anomalous = *flag;
    if (field.name == "alarm") point.alarm = *flag;
    if (field.name == "young") point.young = *flag;
    return;
  }
  if (const auto* const text = std::get_if<std::string_view>(&field.value)) {
    if (field.name == "why") why_ = *text;
    return;
  }
  const auto* const number = std::get_if<double>(&field.value);
  if (number == nullptr) return;
  if (field.name == "score")
    point.score = *number;
  else if (field.name == "expected")
    point.expected = *number;
  else if (field.name == "lower")
    point.lower = *number;
  else if (field.name == "upper")
    point.upper = *number;
  else if (field.name == "observed")
    point.value = *number;
  else
    said_.push_back({name_of(field.name, out), static_cast<float>(*number)});
}

/// Names are few and the same for all series.
std::uint32_t WatchFrames::name_of(std::string_view name, std::string& out) {
  const auto found = std::find(names_.begin(), names_.end(), name);
  const auto number = static_cast<std::uint32_t>(found - names_.begin());
  if (found == names_.end()) {
    names_.emplace_back(name);
    append_frame(out, FrameKind::said_name, number, name);
  }
  return number;
}

}  // namespace oddity::live
