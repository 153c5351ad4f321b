// Which events a detector finds, how late, and how often it cries wolf.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "evaluate/alarms.hpp"
#include "evaluate/labelled_series.hpp"

namespace oddity::evaluate {

struct EventRule {
  std::size_t skip = 0;   ///< rows at the front that are not scored
  std::size_t grace = 2;  ///< rows after an event in which an alarm still belongs to it
};

/// From an event's begin to its first alarm.
struct Delay {
  std::size_t rows = 0;
  std::int64_t time = 0;  ///< ns
};

/// Of one series, or of several together. A ratio whose denominator is 0 is NaN.
struct EventScore {
  std::size_t series = 0;
  std::size_t rows = 0;    ///< all of them
  double weeks = 0;        ///< of the rows that are scored: their number times the usual step of their series
  std::size_t events = 0;  ///< that begin in rows that are scored
  std::size_t found = 0;
  std::size_t alarms = 0;
  std::size_t false_alarms = 0;
  std::size_t outside = 0;      ///< windows that were judged, none of whose rows belongs to an event
  std::size_t odd_outside = 0;  ///< of those, with a score above the threshold
  std::vector<Delay> delays;    ///< one for each event found

  void add(const EventScore& other);
  double recall() const noexcept;
  double precision() const noexcept;  ///< found / (found + false alarms)
  double f1() const noexcept;         ///< 2 found / (found + false alarms + events)
  double false_alarms_a_week() const noexcept;
  double odd_share_outside() const noexcept;
  Delay median_delay() const;  ///< of the rows and of the times, each for itself; zeros where none was found
};

/// An event is found when a row of a window that raises an alarm lies in [begin, end + grace). An alarm of which no row
/// does so, for any event, is false. Neither counts where the window ends, or the event begins, in the rows to skip; the rule of
/// alarms runs through these rows all the same.
EventScore score_events(const LabelledSeries& series, std::span<const JudgedWindow> windows,
                        const EventRule& rule, const AlarmRule& alarms);

}  // namespace oddity::evaluate
