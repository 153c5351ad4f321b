// Times as texts: RFC 3339 in UTC, nanoseconds since 1970 inside.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace oddity {

/// "2016-01-01T01:05:00Z"; a fraction only when there is one, in as few of 3, 6 or 9 digits as it needs.
std::string format_time(std::int64_t nanoseconds);

/// RFC 3339 ("2016-01-01T01:05:00.5+02:00"), also with a blank for the T and without a zone (then UTC).
/// std::nullopt: no such time, or one that 64 bits of nanoseconds do not reach (1677 to 2262).
std::optional<std::int64_t> parse_time(std::string_view text);

}  // namespace oddity
