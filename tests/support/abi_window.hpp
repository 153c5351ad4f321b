// A window as the core hands it through the ABI, made of plain numbers.
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include "oddity/abi.h"
#include "oddity/moments.hpp"

namespace oddity::test {

/// Owns everything the ABI's window points to. One column; times `step` seconds apart from second `start` on,
/// ending before `end`.
class AbiWindow {
 public:
  explicit AbiWindow(const std::vector<double>& values) : AbiWindow(values, values.size()) {}
  AbiWindow(std::vector<double> values, std::size_t fresh, std::int64_t start = 0, std::int64_t step = 1)
      : values_(std::move(values)), sorted_(values_), times_(values_.size()) {
    std::sort(sorted_.begin(), sorted_.end());
    for (std::size_t i = 0; i < times_.size(); ++i)
      times_[i] = (start + static_cast<std::int64_t>(i) * step) * second;
    const Moments moments = moments_of(values_);
    column_ = {sizeof column_, values_.data(),         sorted_.data(),
               moments.mean,   moments.sum_of_squares, moments.min,
               moments.max,    moments.mean_rest,      0};
    window_ = {sizeof window_, 1, values_.size(), fresh, times_.data(), times_.back() + step * second,
               &columns_};
  }
  AbiWindow(const AbiWindow&) = delete;
  AbiWindow& operator=(const AbiWindow&) = delete;

  /// How much a row says about the next; 0 unless given.
  void set_autocorrelation(double lag_one) noexcept { column_.autocorrelation = lag_one; }
  const oddity_window& abi() const noexcept { return window_; }

 private:
  static constexpr std::int64_t second = 1'000'000'000;

  std::vector<double> values_;
  std::vector<double> sorted_;
  std::vector<std::int64_t> times_;
  oddity_column column_{};
  const oddity_column* columns_ = &column_;
  oddity_window window_{};
};

}  // namespace oddity::test
