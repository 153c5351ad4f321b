// Windows as the core hands them through the door, and a source of them.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "conformance/random.hpp"
#include "oddity/door.h"

namespace oddity::conformance {

/// Owns everything that its door() points to. May be moved: all of that stands on the heap.
class DoorWindow {
 public:
  /// `columns`: of equal length, at least one row. Sorted copies only where `wants_sorted`: as in the core, a
  /// plugin that did not ask gets NULL. All rows are fresh.
  DoorWindow(std::vector<std::vector<double>> columns, std::vector<std::int64_t> times, bool wants_sorted);
  DoorWindow(DoorWindow&&) = default;
  DoorWindow& operator=(DoorWindow&&) = default;

  const oddity_window& door() const noexcept { return door_; }
  const std::vector<std::vector<double>>& columns() const noexcept { return values_; }
  const std::vector<std::int64_t>& times() const noexcept { return times_; }
  std::uint64_t rows() const noexcept { return door_.rows; }
  /// The same window of which only the last `fresh` rows are fresh.
  DoorWindow with_fresh(std::uint64_t fresh) &&;

 private:
  std::vector<std::vector<double>> values_;
  std::vector<std::vector<double>> sorted_;
  std::vector<std::int64_t> times_;
  std::vector<oddity_column> columns_;
  std::vector<const oddity_column*> pointers_;
  oddity_window door_{};
};

/// A source of windows, each later than all before, a row a second.
class Source {
 public:
  static constexpr std::size_t usual_rows = 20;
  static constexpr double usual_mean = 20;

  Source(const oddity_description& description, std::uint32_t columns, std::uint64_t seed);

  /// Independent normal numbers, every column its own.
  DoorWindow noise(std::size_t rows = usual_rows, double mean = usual_mean, double deviation = 1);
  /// Every column has these values.
  DoorWindow window(const std::vector<double>& values);
  /// Every value from a call.
  DoorWindow drawn(std::size_t rows, const std::function<double()>& draw);

  Random& random() noexcept { return random_; }

 private:
  DoorWindow make(std::vector<std::vector<double>> columns);

  std::uint32_t columns_;
  bool wants_sorted_;
  Random random_;
  std::int64_t clock_ = 1'700'000'000'000'000'000;
};

}  // namespace oddity::conformance
