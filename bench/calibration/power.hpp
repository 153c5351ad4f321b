// The smallest change that is found: of the mean, and of the spread.
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "calibration/judge.hpp"
#include "calibration/noise.hpp"

namespace oddity::calibration {

/// What an engine had learned after a calm stretch, and windows of what came then.
struct Calm {
  std::string state;
  std::int64_t minute = 0;
  std::vector<double> history;  ///< the latest rows that were learned
  std::vector<std::vector<double>> windows;
};

struct Power {
  NamedNoise noise;
  Setting setting;
  double factor = 1;  ///< of the number of windows
  std::vector<Calm> calms{};
  std::optional<double> shift{};   ///< in standard deviations; none: not found whatever it is
  std::optional<double> spread{};  ///< as a factor
};

/// Windows of 20 rows after 5000 calm ones, with a history of 2000 rows, at an alpha of 0.001.
std::vector<Power> powers(double factor);
/// Fills the rest: 10 series with 40 windows each, each judged by an engine that has seen the calm stretch and no
/// other of them.
void measure(Power& power);

/// The rows of histories and windows, and p of each window as it is: a CSV for other tests to be tried on.
void write_data(const std::vector<Power>& powers, std::ostream& out);

}  // namespace oddity::calibration
