#include "row/local_times.hpp"

#include <date/tz.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <vector>

#include "base/error.hpp"

namespace oddity::formats {
namespace {

using std::chrono::seconds;

/// Local times are kept away from the ends of the zone library's range.
constexpr std::int64_t max_seconds = std::int64_t{1} << 40;

Diagnostic unknown_zone(const std::string& zone) {
  std::error_code none;
  if (!std::filesystem::exists("/usr/share/zoneinfo", none)) {
    return {"option '--timezone'", "the tz database in /usr/share/zoneinfo", "none",
            "install the package tzdata"};
  }
  std::vector<std::string> names;
  try {
    for (const date::time_zone& known : date::get_tzdb().zones) names.push_back(known.name());
  } catch (const std::runtime_error&) {
    // Without the list of zones there is no suggestion.
  }
  const std::string near = did_you_mean(zone, names);
  return {"option '--timezone'", "a zone of the tz database, such as Europe/Paris or UTC", "'" + zone + "'",
          near};
}

}  // namespace

struct LocalTimes::Zone {
  const date::time_zone* rules;
};

LocalTimes::LocalTimes(const std::string& zone) {
  try {
    zone_ = std::make_unique<const Zone>(Zone{date::locate_zone(zone)});
  } catch (const std::runtime_error&) {
    throw Error(unknown_zone(zone));
  }
}

LocalTimes::~LocalTimes() = default;

/// The offset is constant between two changes of the clock, so it is looked up once for each such span.
LocalTimes::Span LocalTimes::span_of(std::int64_t at) const {
  const date::local_seconds local{seconds(std::clamp(at, -max_seconds, max_seconds))};
  const date::local_info info = zone_->rules->get_info(local);
  const auto first = info.first.offset.count();
  const auto second = info.second.offset.count();
  if (info.result == date::local_info::ambiguous) {
    const auto change = info.first.end.time_since_epoch().count();
    return {change + second, change + first, first, second, Kind::twice};
  }
  if (info.result == date::local_info::nonexistent) {
    const auto change = info.first.end.time_since_epoch().count();
    return {change + first, change + second, first, first, Kind::never};
  }
  // A day less at both ends, where another span may overlap this one.
  constexpr std::int64_t day = 86'400;
  const auto begin = info.first.begin.time_since_epoch().count() + first + day;
  const auto end = info.first.end.time_since_epoch().count() + first - day;
  const bool inside = begin <= at && at < end;
  return {inside ? begin : at, inside ? end : at + 1, first, first, Kind::once};
}

void LocalTimes::enter(std::int64_t at) {
  span_ = span_of(at);
  newest_first_ = last_.rows != 0 && last_.time >= span_.end;
  second_ = newest_first_;
}

/// Of the two that the span stands for, not the one that the times before it were in.
bool LocalTimes::is_other_hour(std::int64_t at) const noexcept {
  const std::int64_t length = span_.end - span_.begin;
  const std::int64_t back = newest_first_ ? at - last_.time : last_.time - at;
  if (back != 0) return back >= length / 2;
  const std::int64_t distance = std::min(distance_, distance_before_);
  return second_ == newest_first_ && distance >= length && last_.rows >= before_.rows;
}

void LocalTimes::note(std::int64_t at, bool other_hour) noexcept {
  if (last_.rows != 0 && at == last_.time && !other_hour) {
    ++last_.rows;
    return;
  }
  if (last_.rows != 0 && at != last_.time) {
    distance_before_ = before_.rows != 0 ? distance_ : std::abs(at - last_.time);
    distance_ = std::abs(at - last_.time);
  }
  before_ = last_;
  last_ = {at, 1};
}

LocalTimes::Utc LocalTimes::utc(std::int64_t at) {
  bool other_hour = false;
  if (!span_.has(at)) {
    enter(at);
  } else if (span_.kind == Kind::twice) {
    other_hour = is_other_hour(at);
    if (other_hour) second_ = !second_;
  }
  note(at, other_hour);
  return {span_.kind == Kind::twice && second_ ? span_.ahead_later : span_.ahead, span_.kind};
}

}  // namespace oddity::formats
