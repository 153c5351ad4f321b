// What the worker tells of each judged point, for the page and the metrics.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/frame.hpp"

namespace oddity::live {

/// Series that are told of and shown at a time: as many as `maxGroups` lets there be, unless it is given.
inline constexpr std::size_t most_watched = 20'000;

inline constexpr double absent = std::numeric_limits<double>::quiet_NaN();

/// One number that a detector said of a point, by the number of its name.
struct Said {
  std::uint32_t name = 0;
  float value = 0;
};

/// A point or window of a series. Numbers that were not given are NaN.
struct JudgedPoint {
  std::uint64_t series = 0;
  std::int64_t time = 0;  ///< ns since 1970 UTC
  double value = absent;
  double score = absent;
  double expected = absent;
  double lower = absent;
  double upper = absent;
  bool young = false;
  bool anomalous = false;
  bool alarm = false;
  std::uint8_t said = 0;  ///< how many follow in the frame; behind them, to its end, lies why it is odd
};

/// Which series a number stands for, as the body of a frame: measurement, field, then tags, each a text with its
/// length before it.
struct SeriesName {
  std::string measurement;
  std::string field;
  std::vector<std::pair<std::string, std::string>> tags;

  void write(std::string& out) const;
  /// False: the body cannot be that.
  static bool read(std::string_view body, SeriesName& name);
};

/// What the worker has counted since it began; the state holds none of it.
struct WorkerTotals {
  std::uint64_t points = 0;   ///< values of fields that were judged or learned from
  std::uint64_t windows = 0;  ///< judged
  std::uint64_t learned =
      0;  ///< points or windows without an answer: too little was known, or a detector failed
  std::uint64_t anomalies = 0;
  std::uint64_t alarms = 0;
  std::uint64_t own_results = 0;  ///< lines that are results of ours, come back
  std::uint64_t not_chosen = 0;   ///< lines without a number in a chosen field
  std::uint64_t untagged = 0;     ///< lines that lack a tag of --group-by, and are judged without it
  std::uint64_t ahead = 0;        ///< lines more than a day ahead of the clock
  std::uint64_t late = 0;         ///< points before the open window, or before the last one judged
  std::uint64_t repeated = 0;     ///< points that have the time of the one before
  std::uint64_t skipped = 0;      ///< points of groups that are not judged since they crashed a detector
  std::uint64_t failures = 0;     ///< of detectors
  std::uint64_t expired = 0;      ///< groups forgotten by age
  std::uint64_t evicted = 0;      ///< groups forgotten by number
  std::uint64_t held = 0;         ///< points that wait for others, or in open windows
  std::uint64_t groups = 0;
  std::int64_t latest =
      std::numeric_limits<std::int64_t>::min();  ///< time of the data, ns, of those not ahead
};

}  // namespace oddity::live
