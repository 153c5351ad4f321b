// The share of paths that leave the band: what the exact p-value of the two-sample Kolmogorov-Smirnov test is.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

namespace oddity::plugins::ks {

/// Of all paths from (0, 0) to (n, m) in steps to the right and up, those that leave |i · step_m − j · step_n| <
/// reach; n >= m, step_n / step_m = n / m in lowest terms, reach > 0.
///
///   1. LeavingPaths paths(n, m, reach);
///   2. paths.share(), once: NaN where the numbers of paths leave the doubles, which takes a very wide band.
///
/// A path is the height at which it comes to each column: heights never fall. The band limits them only where
/// its lower or its upper edge rises, at most 2 m times, so columns are taken together up to the next such
/// place: the number of ways to rise by d in `columns` steps is C(columns − 1 + d, d), which is a convolution
/// where there are many columns, and as many running sums where there are few. What is outside then has left,
/// and is counted with the number of ways from there to the end. All terms are positive, so the smallest share
/// keeps its digits, which 1 − (share inside) would not.
class LeavingPaths {
 public:
  LeavingPaths(std::uint64_t n, std::uint64_t m, std::int64_t reach)
      : n_(static_cast<std::int64_t>(n)),
        m_(static_cast<std::int64_t>(m)),
        step_n_(static_cast<std::int64_t>(n / std::gcd(n, m))),
        step_m_(static_cast<std::int64_t>(m / std::gcd(n, m))),
        reach_(reach),
        fade_(std::exp2(-std::round(static_cast<double>(stretch) *
                                    std::log2(static_cast<double>(n) / static_cast<double>(m))))),
        ways_(m + 1, 0.0) {}

  double share() {
    ways_[0] = 1;
    while (high_ < std::min(m_, (reach_ - 1) / step_n_)) rise();
    while (column_ < n_) {
      const std::int64_t low_rises = low_rises_from(low_);
      const std::int64_t high_rises = high_ == m_ ? n_ + 1 : ((high_ + 1) * step_n_ - reach_) / step_m_ + 1;
      const std::int64_t free = std::min({low_rises, high_rises, n_}) - column_;
      convolved_ = free > most_sums && 2 * free > high_ - low_ + 1;
      if (convolved_) {
        move_on(free);
        convolve(free);
        if (column_ == low_rises) leave_below();
      } else {
        add_up_to(std::min({high_rises, n_, column_ + most_sums, low_rises_from(low_ + 1) - 1}), low_rises);
      }
      fresh_ = column_ == high_rises ? 1 : 0;
      if (fresh_ == 1) rise();
      if (!rescale()) return std::numeric_limits<double>::quiet_NaN();
    }
    return std::min(left_, 1.0);
  }

 private:
  /// So many columns are taken together in running sums.
  static constexpr std::int64_t most_sums = 12;
  /// Each height more has about n / m times as many ways, which leaves the doubles: after each `stretch`
  /// heights the scale changes.
  static constexpr std::int64_t stretch = 32;

  /// The first column in which this height is below the lower edge.
  std::int64_t low_rises_from(std::int64_t low) const {
    return (reach_ + low * step_n_ + step_m_ - 1) / step_m_;
  }

  /// To that column, before which the upper edge stays, and the lower one rises at most once.
  void add_up_to(std::int64_t to, std::int64_t low_rises) {
    const std::int64_t columns = to - column_;
    const bool rises = low_rises <= to;
    constexpr auto all = std::make_integer_sequence<int, int{most_sums}>();
    if (!rises) {
      move_on(columns);
      return add_up(columns, 0, 0, all);
    }
    const std::int64_t before = low_rises - column_;
    below_.move_on(before, n_ - column_, m_ - low_);
    const double ahead_of_low = below_.ahead;
    below_.ahead *= up_from(low_, low_rises);
    below_.move_on(to - low_rises, n_ - low_rises, m_ - low_ - 1);
    above_.move_on(columns, n_ - column_, m_ - high_);
    column_ = to;
    add_up(columns, before, ahead_of_low, all);
    ++low_;
  }
  template <int... less_one>
  void add_up(std::int64_t columns, std::int64_t before, double ahead_of_low,
              std::integer_sequence<int, less_one...>) {
    if (columns == 1) return add_up<1>(before, ahead_of_low);
    using AddUp = void (LeavingPaths::*)(std::int64_t, double);
    static constexpr AddUp by_columns[] = {&LeavingPaths::add_up<less_one + 1>...};
    (this->*by_columns[columns - 1])(before, ahead_of_low);
  }

  /// Each column's ways are the running sum of those of the column before. The lowest height leaves after
  /// `before` columns, where that is not 0.
  template <int columns>
  void add_up(std::int64_t before, double ahead_of_low) {
    double sums[columns] = {};
    std::int64_t from = low_;
    if (before > 0 && low_ <= high_) {
      double& ways = ways_[static_cast<std::size_t>(low_)];
      for (int column = 0; column < columns; ++column) {
        ways = sums[column] += ways;
        if (column + 1 != before) continue;
        left_ += ways * ahead_of_low;
        ways = 0;
      }
      if (++from % stretch == 0) fade(sums);
    }
    while (from <= high_) {
      const std::int64_t to = std::min(high_ + 1, (from / stretch + 1) * stretch);
      for (; from < to; ++from) {
        double sum = ways_[static_cast<std::size_t>(from)];
        for (double& each : sums) sum = each += sum;
        ways_[static_cast<std::size_t>(from)] = sum;
      }
      if (to % stretch == 0) fade(sums);
    }
    leave_above([&](std::int64_t j) {
      double sum = 0;
      for (double& each : sums) sum = each += sum;
      if ((j + 1) % stretch == 0) fade(sums);
      return sum;
    });
  }
  template <std::size_t count>
  void fade(double (&sums)[count]) const {
    for (double& each : sums) each *= fade_;
  }

  void convolve(std::int64_t columns) {
    const auto width = static_cast<std::size_t>(high_ - low_ + 1);
    before_.resize(width);
    for (std::size_t i = 0; i < width; ++i)
      before_[i] = ways_[static_cast<std::size_t>(low_) + i] / faded(low_ + static_cast<std::int64_t>(i));
    leave_above([&](std::int64_t j) {
      const auto top = static_cast<std::size_t>(j - low_);
      const double* const rises = rises_of(columns, top + 1);
      double sum = 0;
      for (std::size_t i = 0; i < width; ++i) sum += before_[i] * rises[top - i];
      return sum * faded(j);
    });
    const double* const rises = rises_of(columns, width);
    double* const ways = ways_.data() + low_;
    std::fill(ways, ways + width, 0.0);
    for (std::size_t d = 0; d < width; ++d)
      for (std::size_t i = d; i < width; ++i) ways[i] += rises[d] * before_[i - d];
    for (std::size_t i = 0; i < width; ++i) ways[i] *= faded(low_ + static_cast<std::int64_t>(i));
  }
  /// The scale of a height, as against that of the lowest.
  double faded(std::int64_t j) const {
    double scale = 1;
    for (std::int64_t edges = j / stretch - low_ / stretch; edges > 0; --edges) scale *= fade_;
    return scale;
  }

  /// In how many ways a path can rise by 0, 1, … count − 1 within so many columns.
  const double* rises_of(std::int64_t columns, std::size_t count) {
    auto found = std::find_if(rises_.begin(), rises_.end(),
                              [&](const Rises& rises) { return rises.columns == columns; });
    if (found == rises_.end()) found = rises_.insert(rises_.end(), {columns, {1.0}});
    auto& by = found->by;
    while (by.size() < count) {
      const auto d = static_cast<double>(by.size());
      by.push_back(by.back() * ((static_cast<double>(columns - 1) + d) / d));
    }
    return by.data();
  }

  /// Those above the upper edge have left: `ways_to(j)` is called for j = high + 1, … in order.
  template <class WaysTo>
  void leave_above(WaysTo ways_to) {
    if (high_ == m_) return;
    double ahead = above_.ahead * up_from(high_);
    for (std::int64_t j = high_ + 1; j <= m_; ++j) {
      const double leave = ways_to(j) * ahead;
      left_ += leave;
      if (leave <= left_ * 1e-18) break;
      ahead *= up_from(j);
    }
  }
  /// Those that come to this column at the lowest height are below the lower edge from here on.
  void leave_below() {
    left_ += ways_[static_cast<std::size_t>(low_)] * below_.ahead;
    below_.ahead *= up_from(low_);
    ++low_;
  }
  void rise() {
    if (high_ < m_) above_.ahead *= up_from(high_);
    ++high_;
  }

  /// How many times as many ways there are to the end from one height higher in a column, this one.
  double up_from(std::int64_t j) const { return up_from(j, column_); }
  double up_from(std::int64_t j, std::int64_t column) const {
    const double times = static_cast<double>(m_ - j) / static_cast<double>(n_ - column + m_ - j);
    return (j + 1) % stretch == 0 ? times / fade_ : times;
  }
  /// Of one height, an edge: in how many ways from this column to the end, as a share of all paths, over the
  /// scale of the height.
  struct Edge {
    double ahead = 1;
    /// So many columns on; before that there are `right` of them, and `up` heights, to the end.
    void move_on(std::int64_t columns, std::int64_t right, std::int64_t up) {
      double over = 1, under = 1;
      const auto take = [&](std::int64_t more, std::int64_t less) {
        over *= static_cast<double>(more);
        under *= static_cast<double>(less);
        if (under < 1e150) return;
        ahead *= over / under;
        over = under = 1;
      };
      if (columns < up) {
        for (std::int64_t s = 0; s < columns; ++s) take(right - s, right - s + up);
      } else {
        for (std::int64_t s = 1; s <= up; ++s) take(right - columns + s, right + s);
      }
      ahead *= over / under;
    }
  };
  void move_on(std::int64_t columns) {
    below_.move_on(columns, n_ - column_, m_ - low_);
    above_.move_on(columns, n_ - column_, m_ - high_);
    column_ += columns;
  }

  /// Keeps the numbers of ways in the middle of the doubles; false: they are too far apart for that.
  bool rescale() {
    if (low_ > high_ - fresh_ || (!convolved_ && ++unscaled_ < 16)) return true;
    unscaled_ = 0;
    const auto [least, most] = std::minmax_element(ways_.begin() + low_, ways_.begin() + high_ + 1 - fresh_);
    constexpr double large = 1e100;
    if (!(*most < std::numeric_limits<double>::max())) return false;
    if (*most < large) return true;
    if (!(*least > *most / (large * large))) return false;
    std::for_each(ways_.begin() + low_, ways_.begin() + high_ + 1, [](double& ways) { ways /= large; });
    below_.ahead *= large;
    above_.ahead *= large;
    return true;
  }

  std::int64_t n_, m_, step_n_, step_m_, reach_;
  /// Where the paths are, and the heights inside the band at which they may come there.
  std::int64_t column_ = 0, low_ = 0, high_ = 0;
  /// 1 where the highest is new, and no path has come there.
  std::int64_t fresh_ = 0;
  /// By how much smaller the scale of the next `stretch` heights is; a power of two.
  double fade_;
  /// By height: in how many ways a path comes there without having left, times the scale of that height.
  std::vector<double> ways_;
  /// The lowest and the highest height.
  Edge below_, above_;
  /// Whether the last columns were taken by a convolution; else, for how long the scale has not been looked at.
  bool convolved_ = false;
  int unscaled_ = 0;
  /// The share of paths that have left.
  double left_ = 0;
  struct Rises {
    std::int64_t columns;
    std::vector<double> by;
  };
  /// There are few different distances between places where an edge rises.
  std::vector<Rises> rises_;
  std::vector<double> before_;
};

}  // namespace oddity::plugins::ks
