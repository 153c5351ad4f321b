// Times as CSV files write them: numbers since 1970, or calendar and clock.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "row/local_times.hpp"
#include "row/row.hpp"
#include "row/time_format.hpp"

namespace oddity::formats {

/// 1. TimeReader(precision, zone, format), which throws oddity::Error when there is no such zone or format;
/// 2. read(text, time, diagnostic) for each time, in the order of the file.
///
/// Numbers are of the precision's unit, with a fraction or an exponent too; a clock (parse_clock) without a
/// zone of its own is in `zone`. With a format, all times are of that form, and none is a number.
class TimeReader {
 public:
  /// `zone`: empty for UTC. `format`: a TimeFormat's, or empty for the usual forms.
  TimeReader(Precision precision, const std::string& zone, const std::string& format = "");

  /// `time`: ns since 1970 UTC. False: cannot be read; `diagnostic` says why.
  bool read(std::string_view text, std::int64_t& time, std::string& diagnostic);
  /// Until the next call: numbers are of this unit, whatever the precision.
  void set_unit(std::optional<Precision> unit) noexcept { unit_ = unit.value_or(precision_); }
  Precision unit() const noexcept { return unit_; }
  bool has_format() const noexcept { return format_.has_value(); }
  /// For whoever can be given a format: the first times that cannot be read are told which one would.
  void offer_formats() noexcept { offers_ = 5; }

  /// Times that were read as calendar and clock.
  std::uint64_t clocks() const noexcept { return clocks_; }
  /// Times in an hour that comes twice, and the text of the first.
  std::uint64_t twice() const noexcept { return twice_; }
  const std::string& first_twice() const noexcept { return first_twice_; }

 private:
  bool read_clock(const ClockTime& clock, std::string_view text, std::int64_t& time, std::string& diagnostic);
  std::vector<std::string> offered_formats(std::string_view text);
  std::optional<double> read_number(std::string_view text, std::optional<std::int64_t>& time) const;

  const Precision precision_;
  const std::string zone_name_;
  Precision unit_;
  std::optional<LocalTimes> zone_;
  std::optional<TimeFormat> format_;
  int offers_ = 0;  ///< times that are still told
  std::uint64_t clocks_ = 0;
  std::uint64_t twice_ = 0;
  std::string first_twice_;
};

}  // namespace oddity::formats
