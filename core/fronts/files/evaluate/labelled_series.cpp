#include "evaluate/labelled_series.hpp"

#include <algorithm>

namespace oddity::evaluate {

std::int64_t usual_step(std::span<const std::int64_t> times) {
  std::vector<std::int64_t> steps;
  steps.reserve(times.size());
  for (std::size_t row = 1; row < times.size(); ++row) {
    std::int64_t step = 0;
    if (!__builtin_sub_overflow(times[row], times[row - 1], &step) && step > 0) steps.push_back(step);
  }
  if (steps.empty()) return 0;
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return *middle;
}

}  // namespace oddity::evaluate
