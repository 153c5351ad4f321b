#include "demo/printer.hpp"

#include <fmt/format.h>

#include <cmath>
#include <ostream>

#include "demo/normal.hpp"

namespace oddity::demo {
namespace {

constexpr int seconds = 86'402;
constexpr std::int64_t start = 1'451'606'400'000'000'000;  // 2016-01-01T00:00:00Z

/// The nearest number of six decimals: what a reader of the written file gets.
double six_decimals(double value) { return std::nearbyint(value * 1e6) / 1e6; }

const Phase& phase_at(const std::vector<Phase>& all, int second) {
  std::size_t at = all.size() - 1;
  while (all[at].from > second) --at;
  return all[at];
}

}  // namespace

const std::array<std::vector<Phase>, 3>& phases() {
  static const std::array<std::vector<Phase>, 3> all{
      std::vector<Phase>{{0, 220, 0.5}, {3600, 218.5, 3}, {3900, 220, 0.5}},
      std::vector<Phase>{{0, 90, 1}, {28800, 92, 5}, {29700, 90, 1}},
      std::vector<Phase>{{0, 70, 3}, {10800, 70, 5}, {43200, 65, 15}, {45000, 70, 5}, {72000, 70, 3}}};
  return all;
}

Day make_day(std::uint64_t seed) {
  Normal normal(seed);
  Day day;
  for (int second = 0; second < seconds; ++second) {
    day.times.push_back(start + std::int64_t{second} * 1'000'000'000);
    for (std::size_t field = 0; field < field_names.size(); ++field) {
      const Phase& phase = phase_at(phases()[field], second);
      day.values[field].push_back(six_decimals(normal.next(phase.mean, phase.deviation)));
    }
  }
  return day;
}

void write_line_protocol(std::ostream& out, const Day& day, formats::Precision precision) {
  for (std::size_t row = 0; row < day.times.size(); ++row) {
    out << fmt::format("{} hotend={:.6f},bed={:.6f},air={:.6f} {}\n", measurement, day.values[0][row],
                       day.values[1][row], day.values[2][row],
                       day.times[row] / static_cast<std::int64_t>(precision));
  }
}

}  // namespace oddity::demo
