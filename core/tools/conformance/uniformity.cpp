#include "conformance/uniformity.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oddity::conformance {

double distance_from_uniform(std::vector<double> ps) {
  std::sort(ps.begin(), ps.end());
  const auto n = static_cast<double>(ps.size());
  double largest = 0;
  for (std::size_t i = 0; i < ps.size(); ++i) {
    const auto before = static_cast<double>(i) / n;
    const auto after = static_cast<double>(i + 1) / n;
    largest = std::max({largest, after - ps[i], ps[i] - before});
  }
  return largest;
}

Result judge_uniformity(const std::vector<double>& ps) {
  constexpr double suspicious = 0.1;
  constexpr double absurd = 0.4;
  constexpr double tail = 0.01;
  constexpr double most_in_tail = 0.03;
  const double distance = distance_from_uniform(ps);
  const auto share = [&](double below) {
    return static_cast<double>(std::count_if(ps.begin(), ps.end(), [&](double p) { return p < below; })) /
           static_cast<double>(ps.size());
  };
  const std::string found = fmt::format(
      "of {} windows of noise {:.1f} % have p below 0.1, {:.1f} % below 0.01; distance from uniform {:.3f}",
      ps.size(), 100 * share(0.1), 100 * share(tail), distance);
  if (distance > absurd) return failed(found);
  return distance > suspicious || share(tail) > most_in_tail ? warned(found) : passed(found);
}

}  // namespace oddity::conformance
