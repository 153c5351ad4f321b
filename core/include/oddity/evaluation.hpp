// What a detector is asked of a window, and what it answers.
//
// LIFE CYCLE
//   1. The host asks a Question of a window, sometimes several of the same window.
//   2. evaluate() returns an Evaluation; what it does not set is absent.
//   3. The host checks it, decides by alpha, and reports what is not absent.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

#include "oddity/abi.h"

namespace oddity {

/// NaN: a value that is absent. It is never reported.
inline constexpr double absent = std::numeric_limits<double>::quiet_NaN();

/// The largest finite double: with its sign, a ratio that has no finite value.
inline constexpr double largest = std::numeric_limits<double>::max();

/// What overflowed is absent: no answer may be infinite, yet a mean of the largest doubles is.
inline double or_absent(double value) noexcept { return std::isfinite(value) ? value : absent; }

/// What overflowed is the largest double with its sign; NaN stays NaN.
inline double or_largest(double value) noexcept { return std::clamp(value, -largest, largest); }

/// `difference` over `spread` (not negative) as a field of an answer: where there is no spread, or too little
/// of it, the largest double with the difference's sign, and 0 where there is no difference either.
inline double ratio(double difference, double spread) noexcept {
  return difference == 0 ? 0 : or_largest(difference / spread);
}

/// Direction of the judged quantity in the data (mean, spread, value), not of an output's sign.
enum class Direction : std::int32_t { both = ODDITY_BOTH, above = ODDITY_ABOVE, below = ODDITY_BELOW };

/// What is asked of a window.
struct Question {
  Direction direction = Direction::both;
  /// In (0, 1); for the bounds. Whether a window is anomalous is decided by the core.
  double alpha = absent;
};

/// What came of an evaluation. A window with a p (or a strength, where no p is offered) has been judged.
enum class Outcome : std::int32_t {
  /// p (or strength) is there.
  judged = ODDITY_JUDGED,
  /// Too little has been learned; p is absent.
  warming_up = ODDITY_WARMING_UP,
  /// No variance; p is there only where it comes from equality alone.
  constant = ODDITY_CONSTANT,
  /// The numbers overflow or have no answer; p is absent.
  undefined = ODDITY_UNDEFINED
};

/// Whether the rows of an update join the baseline.
enum class Learn : std::int32_t { no = ODDITY_LEARN_NO, yes = ODDITY_LEARN_YES };

/// A detector's answer. NaN means absent. A judged window has every declared output, and every standard field
/// that the description offers.
struct Evaluation {
  Outcome outcome = Outcome::judged;
  /// In [0, 1].
  double p = absent;
  /// Larger is odder; without a p, or where many windows have the same: the core holds it against earlier ones.
  double strength = absent;
  /// What was judged, in the field's unit, as are the next three.
  double observed = absent;
  /// What the history lets expect.
  double expected = absent;
  /// Below it, p is below the question's alpha. Asked for above only, there is none.
  double lower = absent;
  /// Above it, p is below the question's alpha. Asked for below only, there is none.
  double upper = absent;
  /// Window minus history, in standard deviations of the history.
  double effect = absent;
  /// In the order in which the description declares them.
  std::array<double, ODDITY_MAX_OUTPUTS> outputs{absent, absent, absent, absent,
                                                 absent, absent, absent, absent};
  /// Which of the description's reasons speaks most for the window being odd, by its place; users see it where
  /// the window is anomalous. -1: none.
  std::int32_t reason = -1;

  /// Sets lower and upper `reach` away from `expected`, those that the direction has. Without any spread
  /// `reach` is 0, and they fall together with `expected`.
  void set_bounds(double reach, Direction direction) noexcept {
    if (direction != Direction::above) lower = or_largest(expected - reach);
    if (direction != Direction::below) upper = or_largest(expected + reach);
  }
};

/// The answer where the numbers overflow, or have none: what was observed and nothing else.
inline Evaluation undefined(double observed) noexcept {
  Evaluation answer;
  answer.outcome = Outcome::undefined;
  answer.observed = observed;
  return answer;
}

}  // namespace oddity
