#include "measured/spread.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace oddity::bench {

Spread spread_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return {values[values.size() / 2], values.front(), values.back()};
}

std::string brief(double value) {
  const double size = std::abs(value);
  return fmt::format("{:.{}f}", value, size >= 99.5 ? 0 : size >= 9.95 ? 1 : 2);
}

std::string brief(const Spread& spread) {
  return fmt::format("{} ({} to {})", brief(spread.median), brief(spread.min), brief(spread.max));
}

}  // namespace oddity::bench
