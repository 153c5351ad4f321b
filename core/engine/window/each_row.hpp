// Windows of one row each: every row is judged by itself, against those of its group before it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "window/group_window.hpp"
#include "window/time_windows.hpp"

namespace oddity::window {

/// 1. EachRow(number of fields, sink)
/// 2. add(group, time, values) for each row in order of time; the sink is called with its window before add
///    returns.
///
/// A window ends at its row's time, and has its measurement. Detectors learn rows by their times, so of several rows of one time in a
/// group all are judged and the first one that is normal is learned; the others are counted.
class EachRow {
 public:
  using Sink = std::function<void(const GroupWindow&)>;
  EachRow(std::size_t fields, Sink sink) : sink_(std::move(sink)) { window_.columns.resize(fields); }

  /// `time`: ns since 1970 UTC; `values`: one a field, NaN for missing.
  void add(const GroupIdentity& group, std::int64_t time, std::span<const double> values);
  /// Rows that have the time of one before them in their group, and a number in a field in which that has one.
  std::uint64_t repeated() const noexcept { return repeated_; }

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  struct Last {
    bool any = false;
    std::int64_t time = 0;
    std::uint64_t present = 0;  ///< fields in which rows of this time had numbers
  };
  Last& last_of(const GroupIdentity& group);

  std::unordered_map<std::string, Last, Hash, std::equal_to<>> last_;  ///< by group
  std::vector<Last> numbered_;                                         ///< by the callers' numbers
  Sink sink_;
  GroupWindow window_;
  std::uint64_t repeated_ = 0;
};

}  // namespace oddity::window
