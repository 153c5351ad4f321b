// Windows side by side, made of points that come one by one: by time or by number. Those that are
// open can be saved.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <list>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "oddity/state.hpp"
#include "window/group_window.hpp"
#include "window/time_windows.hpp"

namespace oddity::window {

/// How long a window is; one of the two is above 0.
struct Tumble {
  std::int64_t period = 0;  ///< ns
  std::int64_t points = 0;
  friend bool operator==(const Tumble&, const Tumble&) = default;
};

/// Which groups may have an open window.
struct OpenGroups {
  std::size_t max = std::numeric_limits<std::size_t>::max();
  std::int64_t ttl = 0;  ///< ns without a point, by the data's time; 0: as long as there is room
};

/// 1. TumblingWindows(tumble, names of the fields, groups)
/// 2. restore(state) at most once, before the first point
/// 3. add(group, time, values) for each point in order of arrival; save(state) between points
///
/// By time, windows are those of |window().period(p).every(p): a group's first begins with its first point, one
/// is finished by the first point at or past its end, and the next begins with that point. By number, the
/// point that makes it full finishes a window, and the latest point's time is its end.
///
/// A point before the open window is late: it is left out and counted. A clock that was wrong once must not
/// silence a group for ever, so as many late points in a row as make a window are a new start of time: the
/// open window is dropped, its points are counted as well, and the next begins.
class TumblingWindows {
 public:
  TumblingWindows(Tumble tumble, std::vector<std::string> fields, OpenGroups groups = {});

  struct Added {
    const GroupWindow* finished = nullptr;  ///< valid until the next call
    bool late = false;                      ///< the point is in no window
  };
  /// `time`: ns since 1970 UTC; `values`: one a field, NaN for missing.
  Added add(const GroupIdentity& group, std::int64_t time, std::span<const double> values);

  /// Everything that is open; equal windows give equal bytes.
  void save(StateWriter& out) const;
  /// Takes up what save() wrote; of other fields, those of the same names. Throws StateError, and has no
  /// open windows then, where the bytes cannot be that or the windows were made otherwise.
  void restore(StateReader in);

  std::size_t groups() const noexcept { return order_.size(); }
  std::uint64_t waiting() const noexcept;                      ///< points in open windows
  std::uint64_t late() const noexcept { return late_; }        ///< points before the open window
  std::uint64_t dropped() const noexcept { return dropped_; }  ///< points of windows that never finished
  /// The group that the first of them belonged to.
  const std::string& first_dropped() const noexcept { return first_dropped_; }

 private:
  struct Group {
    std::string key;
    std::string name;
    Tags tags;
    bool by_name = false;
    std::int64_t from = 0;    ///< a point before it is late
    std::int64_t latest = 0;  ///< time of the latest point
    std::vector<std::int64_t> times;
    std::vector<std::vector<double>> columns;  ///< one a field
    std::int64_t late_points = 0;              ///< in a row
    std::int64_t late_since = 0;               ///< the earliest of them
  };
  using Order = std::list<Group>;  ///< the least recently used first

  Group& group_of(const GroupIdentity& identity, std::int64_t time);
  void make_room(std::int64_t now);
  void forget(Order::iterator group);
  void drop_points(Group& group);
  bool is_late(Group& group, std::int64_t time);
  bool starts_anew(const Group& group, std::int64_t time) const noexcept;
  const GroupWindow* finish(Group& group, std::int64_t end);
  Group restored(StateReader& in, std::span<const std::size_t> columns) const;
  std::int64_t first_from(std::int64_t time) const noexcept;

  const Tumble tumble_;
  const std::vector<std::string> fields_;
  const OpenGroups open_;
  Order order_;
  std::unordered_map<std::string_view, Order::iterator> places_;    ///< keys are views into the groups
  std::int64_t latest_ = std::numeric_limits<std::int64_t>::min();  ///< time of the point before
  GroupWindow finished_;
  std::uint64_t late_ = 0;
  std::uint64_t dropped_ = 0;
  std::string first_dropped_;
};

}  // namespace oddity::window
