// Windows made inside, from a stream of points: exactly as Kapacitor's |window().period(p).every(e) makes
// them, group by group.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "window/group_window.hpp"

namespace oddity::window {

struct WindowSpec {
  std::int64_t period = 0;  ///< ns, above 0: how far a window reaches back
  std::int64_t every = 0;   ///< ns, 0 or more: distance of the edges; 0: each point is an edge
  bool align = false;       ///< edges are truncated to multiples of every, counted from year 1 as Go counts
};

/// Which group a point belongs to, and what a window of it carries.
struct GroupIdentity {
  std::string_view key;
  std::string_view name;
  const Tags* tags = nullptr;  ///< the group's own; copied with the group's first point
  bool by_name = false;        ///< grouped by measurement too
  /// Not 0: a small number that stands for the key, which is then not looked at. All of a caller's identities have
  /// one, or none has.
  std::uint32_t number = 0;
};

/// 1. TimeWindows(spec, number of fields, sink)
/// 2. add(group, time, values) for each point in order of arrival; the sink is called for each finished
///    window, before add returns
/// 3. What is unfinished at the end of input stays so, unless finish() emits it.
///
/// The first edge is the first point's time + every. A point at or past the edge emits [edge - period, edge)
/// with end = edge, in order of arrival, and the next edge is *that point's time* + every: after a gap edges
/// move. Only points at the front are purged, so a late point behind an early one stays in. A window can be
/// empty where period < every. With every = 0 each point that is not late emits (time - period, time]. Tested
/// against the windows of a real Kapacitor; what is not imitated is that its ring buffer loses a window's
/// first points when a late one happens to lie in its last slot.
class TimeWindows {
 public:
  using Sink = std::function<void(const GroupWindow&)>;
  TimeWindows(const WindowSpec& spec, std::size_t fields, Sink sink)
      : spec_(spec), fields_(fields), sink_(std::move(sink)) {
    finished_.columns.resize(fields);
  }

  /// `time`: ns since 1970 UTC; `values`: one a field, NaN for missing.
  void add(const GroupIdentity& group, std::int64_t time, std::span<const double> values);
  /// Emits, for each group with points after its last window, the window of its next edge, in order of those
  /// edges: as if a point came there.
  void finish();
  std::size_t groups() const noexcept { return groups_.size(); }
  /// Those of which no window was finished.
  std::size_t groups_without_window() const noexcept;
  /// Points after the last window of their group; in none yet.
  std::uint64_t waiting() const noexcept;
  /// Points that lay between two windows, in none of them: the period is shorter than the distance of edges.
  std::uint64_t between() const noexcept { return between_; }

 private:
  struct Group {
    std::string key;
    std::string name;
    Tags tags;
    bool by_name = false;
    bool has_window = false;
    std::int64_t next_edge = 0;
    std::size_t start = 0;    ///< rows before it are purged
    std::size_t emitted = 0;  ///< rows before it stood in a window, or were purged
    std::vector<std::int64_t> times;
    std::vector<std::vector<double>> columns;
  };
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  Group& group_of(const GroupIdentity& identity, std::int64_t time);
  Group& group_by_key(const GroupIdentity& identity, std::int64_t time);
  std::int64_t edge_after(std::int64_t time) const noexcept;
  void insert(Group& group, std::int64_t time, std::span<const double> values) const;
  void purge(Group& group, std::int64_t oldest, bool inclusive);
  void emit(Group& group, std::int64_t end);

  const WindowSpec spec_;
  const std::size_t fields_;
  Sink sink_;
  std::unordered_map<std::string, Group, Hash, std::equal_to<>> groups_;
  std::vector<Group*> numbered_;  ///< by the callers' numbers
  GroupWindow finished_;
  std::uint64_t between_ = 0;
};

}  // namespace oddity::window
