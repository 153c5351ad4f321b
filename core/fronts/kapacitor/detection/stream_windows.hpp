// Points that Kapacitor sends one by one become windows: each its own, or several one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.hpp"
#include "detection/missing_fields.hpp"
#include "options/extent.hpp"
#include "window/group_window.hpp"
#include "window/tumbling_windows.hpp"
#include "wire/point.hpp"
#include "wire/point_head.hpp"

namespace oddity::window {

/// 1. StreamWindows(fields, extent, groups, log)
/// 2. restore(state) at most once, before the first point
/// 3. point(body, finished) for each point; save() between them
///
/// A group's tags are those of its dimensions; one that the point lacks is an empty text, as in Kapacitor's own
/// windows. What is late, or never comes into a finished window, is counted, and its first case logged.
class StreamWindows {
 public:
  /// `extent`: of a window; none: each point is a window, which ends at its time. `groups`: that may have an
  /// open window.
  StreamWindows(std::vector<std::string> fields, options::Extent extent, OpenGroups groups, Log& log);
  StreamWindows(const StreamWindows&) = delete;
  StreamWindows& operator=(const StreamWindows&) = delete;

  /// False: the message is malformed, and skipped. `finished`: the window, valid until the next call; nullptr
  /// when there is none.
  bool point(wire::Bytes body, const GroupWindow*& finished);
  /// Of the latest point, valid as long as its bytes.
  const wire::PointHead& head() const noexcept { return head_; }

  bool judges_each() const noexcept { return !tumbling_; }

  /// The windows that are open; empty where each point is one.
  std::string save() const;
  /// Takes them up. Throws StateError where they cannot be used.
  void restore(std::string_view saved);

  std::uint64_t waiting() const noexcept { return tumbling_ ? tumbling_->waiting() : 0; }
  std::uint64_t late() const noexcept { return tumbling_ ? tumbling_->late() : 0; }
  std::uint64_t dropped() const noexcept { return tumbling_ ? tumbling_->dropped() : 0; }

 private:
  const GroupWindow* alone();
  const GroupWindow* joined();

  wire::FieldSelection selection_;
  Log& log_;
  MissingFields missing_;
  wire::PointColumns points_;
  wire::PointHead head_;
  GroupWindow window_;
  std::vector<wire::TagView> group_tags_;
  std::string tags_of_;  ///< the group whose tags `window_` has
  std::vector<double> values_;
  std::optional<TumblingWindows> tumbling_;
  bool late_told_ = false;
  bool dropped_told_ = false;
};

}  // namespace oddity::window
