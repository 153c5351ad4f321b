// A window as the core hands it through the ABI, made of plain numbers.
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include "oddity/abi.h"
#include "oddity/moments.hpp"

namespace oddity::test {

/// Owns everything the ABI's window points to. One column; times `step` apart from `begin` on, ending before
/// `end`.
class AbiWindow {
 public:
  explicit AbiWindow(std::vector<double> values) : AbiWindow(values, values.size()) {}
  AbiWindow(std::vector<double> values, std::size_t fresh, std::int64_t begin = 0,
            std::int64_t step = 1'000'000'000)
      : values_(std::move(values)), sorted_(values_), times_(values_.size()) {
    std::sort(sorted_.begin(), sorted_.end());
    for (std::size_t i = 0; i < times_.size(); ++i) times_[i] = begin + static_cast<std::int64_t>(i) * step;
    const Moments moments = moments_of(values_);
    column_ = {sizeof column_, values_.data(),         sorted_.data(),
               moments.mean,   moments.sum_of_squares, moments.min,
               moments.max,    moments.mean_rest,      0};
    window_ = {sizeof window_, 1, values_.size(), fresh, times_.data(), times_.back() + step, &columns_};
  }
  AbiWindow(const AbiWindow&) = delete;
  AbiWindow& operator=(const AbiWindow&) = delete;

  const oddity_window& abi() const noexcept { return window_; }

 private:
  std::vector<double> values_;
  std::vector<double> sorted_;
  std::vector<std::int64_t> times_;
  oddity_column column_{};
  const oddity_column* columns_ = &column_;
  oddity_window window_{};
};

}  // namespace oddity::test
