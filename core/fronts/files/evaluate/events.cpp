#include "evaluate/events.hpp"

#include <algorithm>
#include <limits>

#include "window/saturating.hpp"

namespace oddity::evaluate {
namespace {

constexpr double week = 7 * 86400e9;  // ns

double ratio(double one, double other) noexcept {
  return other == 0 ? std::numeric_limits<double>::quiet_NaN() : one / other;
}

double ratio(std::size_t one, std::size_t other) noexcept {
  return ratio(static_cast<double>(one), static_cast<double>(other));
}

/// The events of a series, asked in order of time which of them a window touches.
class Touched {
 public:
  Touched(std::span<const Event> events, std::size_t grace) : events_(events), grace_(grace) {}

  /// Calls `each(number)` for every event that has a row of [first, last]; the last rows must not descend.
  template <class Each>
  bool by(const JudgedWindow& window, const Each& each) {
    while (done_ < events_.size() && end(done_) <= window.first) ++done_;
    bool any = false;
    for (std::size_t i = done_; i < events_.size() && events_[i].begin <= window.last; ++i) {
      if (end(i) <= window.first) continue;
      any = true;
      each(i);
    }
    return any;
  }

 private:
  std::size_t end(std::size_t event) const noexcept { return events_[event].end + grace_; }

  std::span<const Event> events_;
  std::size_t grace_;
  std::size_t done_ = 0;  ///< events before it lie before every window to come
};

}  // namespace

void EventScore::add(const EventScore& other) {
  series += other.series;
  rows += other.rows;
  weeks += other.weeks;
  events += other.events;
  found += other.found;
  alarms += other.alarms;
  false_alarms += other.false_alarms;
  outside += other.outside;
  odd_outside += other.odd_outside;
  delays.insert(delays.end(), other.delays.begin(), other.delays.end());
}

double EventScore::recall() const noexcept { return ratio(found, events); }
double EventScore::precision() const noexcept { return ratio(found, found + false_alarms); }
double EventScore::f1() const noexcept { return ratio(2 * found, found + false_alarms + events); }
double EventScore::false_alarms_a_week() const noexcept {
  return ratio(static_cast<double>(false_alarms), weeks);
}
double EventScore::odd_share_outside() const noexcept { return ratio(odd_outside, outside); }

Delay EventScore::median_delay() const {
  Delay median;
  if (delays.empty()) return median;
  std::vector<std::size_t> in_rows;
  std::vector<std::int64_t> in_time;
  for (const Delay& delay : delays) {
    in_rows.push_back(delay.rows);
    in_time.push_back(delay.time);
  }
  const auto middle = static_cast<std::ptrdiff_t>((delays.size() - 1) / 2);
  std::nth_element(in_rows.begin(), in_rows.begin() + middle, in_rows.end());
  std::nth_element(in_time.begin(), in_time.begin() + middle, in_time.end());
  median.rows = in_rows[static_cast<std::size_t>(middle)];
  median.time = in_time[static_cast<std::size_t>(middle)];
  return median;
}

EventScore score_events(const LabelledSeries& series, std::span<const JudgedWindow> windows,
                        const EventRule& rule, const AlarmRule& alarm_rule) {
  EventScore score;
  score.series = 1;
  score.rows = series.rows();
  const std::size_t scored = series.rows() - std::min(rule.skip, series.rows());
  score.weeks = static_cast<double>(scored) * static_cast<double>(series.step) / week;
  const std::vector<Event>& events = series.events;
  for (const Event& event : events) score.events += event.begin >= rule.skip ? 1 : 0;

  Alarms alarms(alarm_rule);
  Touched touched(events, rule.grace);
  std::vector<bool> found(events.size());
  for (const JudgedWindow& window : windows) {
    const bool alarm = alarms.raises(window.score, series.times[window.last]);
    if (window.last < rule.skip || !(window.score == window.score)) continue;
    score.alarms += alarm ? 1 : 0;
    const bool inside = touched.by(window, [&](std::size_t event) {
      if (!alarm || found[event] || events[event].begin < rule.skip) return;
      found[event] = true;
      ++score.found;
      score.delays.push_back({window.last - events[event].begin,
                              window::elapsed(series.times[events[event].begin], series.times[window.last])});
    });
    if (inside) continue;
    ++score.outside;
    score.odd_outside += window.score > alarm_rule.threshold ? 1 : 0;
    score.false_alarms += alarm ? 1 : 0;
  }
  return score;
}

}  // namespace oddity::evaluate
