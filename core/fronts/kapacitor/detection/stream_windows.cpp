#include "detection/stream_windows.hpp"

#include <algorithm>

#include "base/time.hpp"
#include "detection/group_tags.hpp"
#include "state/sink.hpp"

namespace oddity::window {
namespace {

/// The group's tags are those of the point that it is grouped by.
void take_group_tags(const wire::PointHead& head, std::vector<wire::TagView>& tags) {
  tags.clear();
  for (const std::string_view dimension : head.dimensions) tags.push_back({dimension, {}});
  for (const wire::TagView& tag : head.tags) {
    if (std::ranges::find(head.dimensions, tag.key) != head.dimensions.end()) tags.push_back(tag);
  }
}

}  // namespace

StreamWindows::StreamWindows(std::vector<std::string> fields, options::Extent extent, OpenGroups groups,
                             Log& log)
    : selection_(fields),
      log_(log),
      missing_(selection_, log),
      points_(selection_.size()),
      values_(selection_.size()) {
  window_.columns.resize(selection_.size());
  if (!extent.none()) tumbling_.emplace(Tumble{extent.time, extent.number}, std::move(fields), groups);
}

bool StreamWindows::point(wire::Bytes body, const GroupWindow*& finished) {
  finished = nullptr;
  points_.clear();
  if (!wire::decode_point_head(body, head_) || !wire::decode_point(body, selection_, points_)) return false;
  missing_.tell(points_, head_.group);
  if (head_.group != tags_of_) {  // a group's tags are the same on all of its points
    take_group_tags(head_, group_tags_);
    set_tags(window_.tags, group_tags_);
    tags_of_ = head_.group;
  }
  finished = tumbling_ ? joined() : alone();
  return true;
}

const GroupWindow* StreamWindows::alone() {
  window_.group = head_.group;
  window_.name = head_.name;
  window_.by_name = head_.by_name;
  window_.end = head_.time;
  window_.times.swap(points_.times);
  window_.columns.swap(points_.columns);
  return &window_;
}

const GroupWindow* StreamWindows::joined() {
  for (std::size_t field = 0; field < values_.size(); ++field) values_[field] = points_.columns[field][0];
  const auto added =
      tumbling_->add({head_.group, head_.name, &window_.tags, head_.by_name}, head_.time, values_);
  if (added.late && !std::exchange(late_told_, true)) {
    log_.line(
        "group '{}': a point of {} comes after its window: such points are dropped, and counted in the line "
        "at "
        "the end (logged once)",
        head_.group, format_time(head_.time));
  }
  if (tumbling_->dropped() != 0 && !std::exchange(dropped_told_, true)) {
    log_.line(
        "group '{}': its open window is dropped, as the group is forgotten (maxGroups, ttl) or its time went "
        "back; such points are counted in the line at the end (logged once)",
        tumbling_->first_dropped());
  }
  return added.finished;
}

std::string StreamWindows::save() const {
  std::string bytes;
  if (!tumbling_ || tumbling_->groups() == 0) return bytes;
  const oddity_sink sink = state::appending_to(bytes);
  StateWriter writer(sink);
  tumbling_->save(writer);
  return bytes;
}

void StreamWindows::restore(std::string_view saved) {
  if (!tumbling_) throw StateError("each point is judged alone now");
  tumbling_->restore(StateReader(std::as_bytes(std::span(saved))));
}

}  // namespace oddity::window
