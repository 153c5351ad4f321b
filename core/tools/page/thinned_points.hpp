// The points of a series for a drawing of it, in bounded memory however many come.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace oddity::page {

inline constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// One judged window; NaN is what there is not.
struct Point {
  std::int64_t time = 0;   ///< the window's end, ns since 1970 UTC
  double value = nothing;  ///< of a window of several rows their mean
  double least = nothing;  ///< of its rows, where there are several
  double greatest = nothing;
  double score = nothing;
  double expected = nothing;
  double lower = nothing;
  double upper = nothing;
  bool anomalous = false;
  bool alarm = false;
  std::vector<double> said;  ///< the detector's outputs, in an order that the series knows
  std::string why;           ///< what speaks for it being odd; empty where nothing does
};

/// Points in stretches of equally many, of each of which the one with the least value and the one with the greatest are kept.
///
/// 1. Stretches(most), the number of stretches; 2. add(point), by time; 3. limit(fewer) where room gets short; 4. append_to(points).
class Stretches {
 public:
  /// `most`: at least 1.
  explicit Stretches(std::size_t most) : most_(most) {}
  void add(const Point& point);
  void limit(std::size_t most);
  void append_to(std::vector<Point>& points) const;
  /// Whether anything was left out.
  bool thinned() const noexcept { return left_out_; }

 private:
  struct Stretch {
    Point least;
    Point greatest;
    std::size_t points = 0;
  };
  void join(Stretch& into, const Stretch& other);
  void halve();

  std::size_t most_;
  std::size_t width_ = 1;  ///< points in a stretch that is full
  bool left_out_ = false;
  std::vector<Stretch> stretches_;
};

/// What a drawing of a series needs: its outline, every anomalous window and every alarm. Beyond bounds of their own those are thinned as well.
///
/// 1. ThinnedPoints(most); 2. add(point), by time; 3. limit(fewer) where room gets short; 4. points().
class ThinnedPoints {
 public:
  /// Keeps at most twice `most` points, which is at least 4: half of them normal ones.
  explicit ThinnedPoints(std::size_t most = 4000);
  void add(const Point& point);
  void limit(std::size_t most);
  /// Those that were kept, by time.
  std::vector<Point> points() const;
  std::uint64_t added() const noexcept { return added_; }
  bool thinned() const noexcept { return normal_.thinned() || thinned_anomalies(); }
  /// Whether anomalous windows were left out, too.
  bool thinned_anomalies() const noexcept { return anomalous_.thinned() || alarms_.thinned(); }

 private:
  std::uint64_t added_ = 0;
  Stretches normal_;
  Stretches anomalous_;
  Stretches alarms_;
};

}  // namespace oddity::page
