#include "detection/batch_windows.hpp"

#include "detection/group_tags.hpp"

namespace oddity::window {
BatchWindows::BatchWindows(std::vector<std::string> fields, Log& log)
    : selection_(std::move(fields)),
      missing_(selection_, log),
      plain_(selection_),
      points_(selection_.size()) {
  window_.columns.resize(selection_.size());
}

bool BatchWindows::begin(wire::Bytes body) {
  if (open_) ++dropped_;
  discarded_points_ = unended_points();
  points_.clear();
  const auto begin = wire::decode_begin(body);
  open_ = begin.has_value();
  if (!begin) return false;
  window_.group = begin->group;
  window_.by_name = begin->by_name;
  return true;
}

bool BatchWindows::point(wire::Bytes body) {
  if (!open_) {
    ++dropped_;
    return true;
  }
  return wire::decode_point(body, selection_, points_);
}

void BatchWindows::points(wire::Bytes& frames) {
  if (open_) plain_.take(frames, points_);
}

bool BatchWindows::end(wire::Bytes body, const GroupWindow*& finished) {
  finished = nullptr;
  if (!open_) {
    ++dropped_;
    return true;
  }
  open_ = false;
  if (!wire::decode_end(body, end_)) return false;
  missing_.tell(points_, window_.group);
  window_.name = end_.name;
  set_tags(window_.tags, end_.tags);
  window_.end = end_.tmax;
  window_.times.swap(points_.times);
  window_.columns.swap(points_.columns);
  finished = &window_;
  return true;
}

}  // namespace oddity::window
