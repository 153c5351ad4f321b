#include "calibration/power.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace oddity::calibration {
namespace {

constexpr int rows = 20;

std::vector<double> rows_of(Noise& noise) {
  std::vector<double> window(rows);
  for (double& value : window) value = noise.next();
  return window;
}

Calm calm_of(const Power& power, std::uint64_t seed) {
  constexpr double calm_windows = 5000;
  constexpr int windows = 40;
  Judge judge(power.setting);
  Noise noise(power.noise.kind, seed);
  Calm calm;
  const auto before = std::llround(calm_windows * std::min(1.0, power.factor));
  for (std::int64_t i = 0; i < std::max<std::int64_t>(before, 100); ++i) {
    const std::vector<double> window = rows_of(noise);
    if (judge.judge("", window).anomalous) continue;
    calm.history.insert(calm.history.end(), window.begin(), window.end());
  }
  const auto size = static_cast<std::ptrdiff_t>(power.setting.size);
  calm.history.erase(calm.history.begin(), calm.history.end() - std::min(size, std::ssize(calm.history)));
  calm.state = judge.save();
  calm.minute = judge.minute();
  for (int i = 0; i < windows; ++i) calm.windows.push_back(rows_of(noise));
  return calm;
}

/// One window, judged as the next one after the calm stretch.
double judged(const Power& power, const Calm& calm, std::span<const double> window, std::string_view number) {
  Judge judge(power.setting);
  judge.go_on(calm.state, calm.minute);
  return number_of(judge.judge("", window), number);
}

using Change = std::function<double(double value, double by)>;

bool is_found(const Power& power, const Change& change, double by) {
  constexpr double most = 0.9;
  std::size_t found = 0;
  std::size_t all = 0;
  for (const Calm& calm : power.calms) {
    for (std::vector<double> window : calm.windows) {
      for (double& value : window) value = change(value, by);
      found += judged(power, calm, window, "anomalous") != 0 ? 1 : 0;
      ++all;
    }
  }
  return static_cast<double>(found) >= most * static_cast<double>(all);
}

/// By bisection; the windows are the same for every change.
std::optional<double> smallest(const Power& power, const Change& change, double least, double largest) {
  if (!is_found(power, change, largest)) return std::nullopt;
  constexpr double precise = 1.01;
  while (largest > precise * least) {
    const double middle = std::sqrt(least * largest);
    (is_found(power, change, middle) ? largest : least) = middle;
  }
  return largest;
}

}  // namespace

std::vector<Power> powers(double factor) {
  std::vector<Power> all;
  for (const NamedNoise& noise : noises) {
    if (noise.kind != NoiseKind::normal && noise.kind != NoiseKind::ar_08) continue;
    for (const std::string_view detector : detectors) {
      for (const Treatment& treatment : {none, own, own_adjust})
        all.push_back({noise, {detector, treatment, "0.001"}, factor});
    }
  }
  return all;
}

void measure(Power& power) {
  constexpr double series = 10;
  const auto count = static_cast<std::uint64_t>(std::max(1.0, series * std::min(1.0, power.factor)));
  for (std::uint64_t seed = 1; seed <= count; ++seed) power.calms.push_back(calm_of(power, seed));
  power.shift = smallest(
      power, [](double value, double by) { return value + by; }, 0.1, 20);
  power.spread = smallest(
      power, [](double value, double by) { return value * by; }, 1.1, 100);
}

void write_data(const std::vector<Power>& powers, std::ostream& out) {
  out << "noise,detector,series,what,p,values\n";
  for (const Power& power : powers) {
    if (power.setting.treatment.name != none.name) continue;
    for (std::size_t i = 0; i < power.calms.size(); ++i) {
      const Calm& calm = power.calms[i];
      const std::string line = fmt::format("{},{},{}", power.noise.name, power.setting.detector, i);
      out << fmt::format("{},history,,{}\n", line, fmt::join(calm.history, " "));
      for (const std::vector<double>& window : calm.windows)
        out << fmt::format("{},window,{},{}\n", line, judged(power, calm, window, "pvalue"),
                           fmt::join(window, " "));
    }
  }
}

}  // namespace oddity::calibration
