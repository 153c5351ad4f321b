// A day of a 3D printer's temperatures with faults in it: the data of Kapacitor's guide to anomaly detection.
#pragma once

#include <array>
#include <cstdint>
#include <iosfwd>
#include <vector>

#include "row/row.hpp"

namespace oddity::demo {

inline constexpr std::array<const char*, 3> field_names{"hotend", "bed", "air"};
inline constexpr const char* measurement = "temperatures";

/// How one of the temperatures behaves, from a second of the day on.
struct Phase {
  int from = 0;     ///< seconds since the start
  double mean = 0;  ///< degrees Celsius
  double deviation = 0;
};

/// The phases of each field, in the order of field_names. What a detector should
/// find lies where the mean moves.
const std::array<std::vector<Phase>, 3>& phases();

/// A point a second, 86 402 of them from 2016-01-01T00:00:00Z: the last two are what it
/// takes to close the last window.
struct Day {
  std::vector<std::int64_t> times;            ///< ns since 1970 UTC
  std::array<std::vector<double>, 3> values;  ///< degrees Celsius, six decimals
};

/// The same for a seed on every machine.
Day make_day(std::uint64_t seed);

/// As line protocol: temperatures hotend=...,bed=...,air=... time
void write_line_protocol(std::ostream& out, const Day& day, formats::Precision precision);

}  // namespace oddity::demo
