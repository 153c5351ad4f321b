// Converts local times to UTC.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace oddity::formats {

/// A time zone of the machine's tz database (Debian's tzdata).
///
/// 1. LocalTimes("Europe/Paris"), which throws oddity::Error when there is no such zone;
/// 2. utc(seconds) for each time, in the order of the file.
///
/// In autumn an hour comes twice. Which of the two is meant follows from the times around it: coming from
/// before, times are the first until they go back by half of it or more; coming from after (a file with the
/// newest first), the second until they go forward by as much. Where times are an hour or more apart the hour
/// holds but one of them, and it is the other hour's as soon as it comes more often than the time before it
/// did.
class LocalTimes {
 public:
  enum class Kind : std::uint8_t { once, twice, never };
  struct Utc {
    std::int64_t ahead = 0;  ///< seconds that the clock is ahead of UTC
    Kind kind = Kind::once;  ///< never: the hour that is left out in spring; `ahead` is of the time before
  };

  explicit LocalTimes(const std::string& zone);
  LocalTimes(const LocalTimes&) = delete;
  LocalTimes& operator=(const LocalTimes&) = delete;
  ~LocalTimes();

  /// `seconds`: since 1970-01-01 00:00:00 by that clock.
  Utc utc(std::int64_t seconds);

 private:
  struct Zone;
  struct Span {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    std::int64_t ahead = 0;
    std::int64_t ahead_later = 0;  ///< of the second of two
    Kind kind = Kind::once;
    bool has(std::int64_t seconds) const noexcept { return begin <= seconds && seconds < end; }
  };
  Span span_of(std::int64_t seconds) const;
  /// Rows of the same time that follow each other.
  struct Run {
    std::int64_t time = 0;
    std::uint64_t rows = 0;
  };
  void enter(std::int64_t seconds);
  bool is_other_hour(std::int64_t seconds) const noexcept;
  void note(std::int64_t seconds, bool other_hour) noexcept;

  std::unique_ptr<const Zone> zone_;
  Span span_;                  ///< that the last time lay in; at first one that has none
  Run last_;                   ///< rows: 0 before the first
  Run before_;                 ///< of the time before that
  std::int64_t distance_ = 0;  ///< of the times before; the lesser of two, so that a gap does not count
  std::int64_t distance_before_ = 0;
  bool newest_first_ = false;  ///< the span was entered from after it
  bool second_ = false;        ///< in a span that comes twice
};

}  // namespace oddity::formats
