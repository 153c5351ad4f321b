// What people see: the series, their latest points, and what was said of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "exchange/frame.hpp"
#include "exchange/judged.hpp"

namespace oddity::live {

/// A judged point, as far as it is kept. Numbers that were not given are NaN.
struct WatchedPoint {
  std::int64_t time = 0;  ///< ns since 1970 UTC
  double value = absent;
  float score = 0;
  float expected = 0;
  float lower = 0;
  float upper = 0;
  bool young = false;
  bool anomalous = false;
  bool alarm = false;
  std::vector<Said> said;  ///< of anomalous points, and of the latest of a series
  std::string why;         ///< empty: it is not odd, or its detector gives no reasons
};

struct WatchedSeries {
  std::uint64_t id = 0;
  std::uint64_t number = 0;  ///< the worker's
  std::string key;           ///< measurement, field and tags in one
  SeriesName name;
  std::deque<WatchedPoint> points;  ///< the latest last
  std::uint64_t alarms = 0;
  bool ever_odd = false;                   ///< it was anomalous once
  std::optional<std::int64_t> last_alarm;  ///< time of the data
};

/// 1. take(frame) for each frame of a worker that is about what it judged.
/// 2. The rest from any thread.
///
/// A new worker numbers series anew; who is who goes by name. Beyond `most_series` one of those that were never
/// anomalous is forgotten, that which was not seen for longest; where there is none, that which was anomalous longest ago.
/// Where there are many series, few points of each are kept: memory is bounded.
class Watch {
 public:
  static constexpr std::size_t most_series = most_watched;
  static constexpr std::size_t most_points = 600;  ///< of a series
  static constexpr std::size_t most_points_of_many = 120;
  static constexpr std::size_t most_points_of_very_many = 60;
  static constexpr std::size_t many_series = 2'000;
  static constexpr std::size_t very_many_series = 10'000;

  /// With the first frame of a worker, which says that it is ready, its numbers mean other series.
  void take(const Frame& frame);

  /// Calls `see` with each series, under the lock: short, and no call back into here.
  template <class See>
  void each(const See& see) const {
    const std::lock_guard lock(mutex_);
    for (const Order* const order : {&calm_, &odd_})
      for (const WatchedSeries& series : *order) see(series);
  }
  /// Calls `see` with the series of that id. False: there is none.
  template <class See>
  bool one(std::uint64_t id, const See& see) const {
    const std::lock_guard lock(mutex_);
    const auto found = by_id_.find(id);
    if (found == by_id_.end()) return false;
    see(*found->second);
    return true;
  }
  /// What a detector calls the numbers that it says.
  std::vector<std::string> said_names() const;

  /// Points in the order in which they were judged, for those who follow. Older ones are forgotten.
  struct News {
    std::uint64_t id = 0;
    WatchedPoint point;
    bool new_series = false;  ///< its first
  };
  /// News from number `from` on; `from` becomes the number after the last.
  std::vector<News> news(std::uint64_t& from) const;
  std::uint64_t next_news() const;
  /// The highest latest score; NaN: there is none.
  double worst_score() const;
  /// How many of `known` series are not here, as there is no room for them.
  std::uint64_t left_out(std::uint64_t known) const;

 private:
  using Order = std::list<WatchedSeries>;
  void take_series(const Frame& frame);
  void take_name(const Frame& frame);
  void take_point(const Frame& frame);
  void keep(WatchedSeries& series, WatchedPoint point);
  void forget_one();
  std::size_t size() const noexcept { return calm_.size() + odd_.size(); }

  static constexpr std::size_t most_news = std::size_t{1} << 15;

  mutable std::mutex mutex_;
  Order calm_;  ///< those that were never anomalous, the least recently seen first
  Order odd_;   ///< the others, the one whose latest anomaly is oldest first
  std::uint64_t forgotten_ = 0;
  std::unordered_map<std::string_view, Order::iterator> by_key_;  ///< views into the series
  std::unordered_map<std::uint64_t, Order::iterator> by_id_;
  std::unordered_map<std::uint64_t, std::uint64_t> ids_;  ///< by the worker's number
  std::vector<std::uint32_t> name_of_;  ///< the worker's numbers of names, as places in said_names_
  std::vector<std::string> said_names_;
  std::uint64_t next_id_ = 1;
  std::deque<News> news_;
  std::uint64_t first_news_ = 0;
};

}  // namespace oddity::live
