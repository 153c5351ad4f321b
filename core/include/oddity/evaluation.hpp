// The question put to a detector, and its answer.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

#include "oddity/door.h"

namespace oddity {

/// Absent. Never emitted.
inline constexpr double absent = std::numeric_limits<double>::quiet_NaN();

/// What overflowed is absent: no answer may be infinite, yet a mean of the largest doubles is.
inline double or_absent(double value) noexcept { return std::isfinite(value) ? value : absent; }

/// Direction of the judged quantity in the data (mean, spread, value), not of an output's sign.
enum class Direction : std::int32_t { both = ODDITY_BOTH, above = ODDITY_ABOVE, below = ODDITY_BELOW };

struct Question {
  Direction direction = Direction::both;
  double alpha =
      absent;  ///< in (0, 1); for the bounds. Whether a window is anomalous is decided by the core.
};

enum class Outcome : std::int32_t {
  judged = ODDITY_JUDGED,          ///< p (or strength) is there
  warming_up = ODDITY_WARMING_UP,  ///< too little has been learned
  constant = ODDITY_CONSTANT,      ///< no variance; p only where equality alone decides
  undefined = ODDITY_UNDEFINED     ///< the numbers overflow or have no answer
};

enum class Learn : std::int32_t { no = ODDITY_LEARN_NO, yes = ODDITY_LEARN_YES };

/// A detector's answer. NaN means absent. `outputs` are in the order in which the description declares them.
struct Evaluation {
  Outcome outcome = Outcome::judged;
  double p = absent;         ///< in [0, 1]
  double strength = absent;  ///< larger is odder; not judged yet, so p has to be there
  double observed = absent;  ///< in the field's unit, as are the next three
  double expected = absent;
  double lower = absent;
  double upper = absent;
  double effect = absent;  ///< window minus history, in standard deviations of the history
  std::array<double, ODDITY_MOST_OUTPUTS> outputs{absent, absent, absent, absent,
                                                  absent, absent, absent, absent};
};

}  // namespace oddity
