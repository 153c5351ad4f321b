// Times as texts: RFC 3339 in UTC, nanoseconds since 1970 inside.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace oddity {

/// "2016-01-01T01:05:00Z"; a fraction only when there is one, in as few of 3, 6 or 9 digits as it needs.
std::string format_time(std::int64_t nanoseconds);

/// What a clock and a calendar show, with or without their zone.
struct ClockTime {
  std::int64_t seconds = 0;            ///< since 1970-01-01 00:00:00 by that clock, whatever its zone
  std::int64_t nanoseconds = 0;        ///< 0 to 999 999 999, after the seconds
  std::optional<std::int64_t> offset;  ///< seconds that the clock is ahead of UTC; none: not written

  /// ns since 1970 UTC of a clock that is `ahead` seconds ahead of UTC. std::nullopt: outside of
  /// what 64 bits hold (1677 to 2262).
  std::optional<std::int64_t> utc(std::int64_t ahead) const noexcept;
};

/// "2016-01-01T01:05:00.5+02:00" and what people and programs write in its place: a blank for the T, no
/// seconds, no time of day, "/" in the date, "01.02.2016" for the first of February, a comma before the
/// fraction; for the zone Z, UTC or GMT, +02, +0200, +02:00, with or without a blank before it, or none.
/// std::nullopt: no such time.
std::optional<ClockTime> parse_clock(std::string_view text);

/// The same, in UTC where no zone is written, as ns since 1970 UTC. std::nullopt: no such time, or one that
/// 64 bits of nanoseconds do not reach.
std::optional<std::int64_t> parse_time(std::string_view text);

}  // namespace oddity
