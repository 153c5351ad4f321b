#include "detection/batch_windows.hpp"

#include <algorithm>

namespace oddity::window {
namespace {

/// Sorted by key; of a repeated key the last one counts.
void set_tags(const std::vector<wire::TagView>& views, Tags& tags) {
  tags.clear();
  for (const wire::TagView& view : views) {
    const auto at = std::lower_bound(tags.begin(), tags.end(), view.key,
                                     [](const auto& tag, std::string_view key) { return tag.first < key; });
    if (at != tags.end() && at->first == view.key) {
      at->second = view.value;
    } else {
      tags.emplace(at, view.key, view.value);
    }
  }
}

const char* reason(std::uint8_t missing) noexcept {
  if ((missing & wire::missing_text) != 0) return "is a text";
  if ((missing & wire::missing_boolean) != 0) return "is a boolean";
  if ((missing & wire::missing_not_finite) != 0) return "is NaN or infinite";
  return "is not there";
}

}  // namespace

BatchWindows::BatchWindows(std::vector<std::string> fields, Log& log)
    : selection_(std::move(fields)), log_(log), points_(selection_.size()), told_(selection_.size()) {
  window_.columns.resize(selection_.size());
}

bool BatchWindows::begin(wire::Bytes body) {
  if (open_) ++dropped_;
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

bool BatchWindows::end(wire::Bytes body, const GroupWindow*& finished) {
  finished = nullptr;
  if (!open_) {
    ++dropped_;
    return true;
  }
  open_ = false;
  if (!wire::decode_end(body, end_)) return false;
  tell_missing();
  window_.name = end_.name;
  set_tags(end_.tags, window_.tags);
  window_.end = end_.tmax;
  window_.times.swap(points_.times);
  window_.columns.swap(points_.columns);
  finished = &window_;
  return true;
}

void BatchWindows::tell_missing() {
  for (std::size_t field = 0; field < told_.size(); ++field) {
    if (points_.missing[field] == 0) continue;
    if (told_[field] == 0) {
      log_.line(
          "field '{}' of a point in group '{}' {}: taken as missing, not as 0 (logged once for each field)",
          selection_.name(field), window_.group, reason(points_.missing[field]));
    }
    told_[field] |= points_.missing[field];
    points_.missing[field] = 0;
  }
}

}  // namespace oddity::window
