// Times as CSV files write them: numbers since 1970, or calendar and clock.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "row/local_times.hpp"
#include "row/row.hpp"

namespace oddity::formats {

/// 1. TimeReader(precision, zone), which throws oddity::Error when there is no such zone;
/// 2. read(text, time, diagnostic) for each time, in the order of the file.
///
/// Numbers are of the precision's unit, with a fraction or an exponent too; a clock (parse_clock) without a
/// zone of its own is in `zone`.
class TimeReader {
 public:
  /// `zone`: empty for UTC.
  TimeReader(Precision precision, const std::string& zone);

  /// `time`: ns since 1970 UTC. False: cannot be read; `diagnostic` says why.
  bool read(std::string_view text, std::int64_t& time, std::string& diagnostic);
  /// Until the next call: numbers are of this unit, whatever the precision.
  void set_unit(std::optional<Precision> unit) noexcept { unit_ = unit.value_or(precision_); }
  Precision unit() const noexcept { return unit_; }

  /// Times that were read as calendar and clock.
  std::uint64_t clocks() const noexcept { return clocks_; }
  /// Times in an hour that comes twice, and the text of the first.
  std::uint64_t twice() const noexcept { return twice_; }
  const std::string& first_twice() const noexcept { return first_twice_; }

 private:
  std::optional<double> read_number(std::string_view text, std::optional<std::int64_t>& time) const;

  const Precision precision_;
  const std::string zone_name_;
  Precision unit_;
  std::optional<LocalTimes> zone_;
  std::uint64_t clocks_ = 0;
  std::uint64_t twice_ = 0;
  std::string first_twice_;
};

}  // namespace oddity::formats
