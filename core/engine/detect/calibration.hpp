// A detector's answer held against its own earlier answers.
//
// The p-value of a textbook test is the chance of its answer if samples were independent and from one
// population. Those of real series are neither, so the test's small p-values come often. How often is known
// once it has answered a while: that is the p-value here.
#pragma once

#include <cstddef>
#include <vector>

#include "detect/recent_ranks.hpp"
#include "oddity/abi.h"

namespace oddity::detect {

/// How strong an answer is: what the detector says of it or, where it has a p-value, −log10 p. Never
/// negative; NaN where it says nothing.
double strength_of(const oddity_evaluation& answer) noexcept;

/// 1. Calibration calibration;
/// 2. calibration.p(strength), then calibration.add(strength, anomalous), for each answer.
///
/// What is anomalous joins the earlier answers when it is over, or has lasted for a five-hundredth of them (twenty to
/// forty windows in the long run): a fault does not make itself usual at once, and what stays is what is
/// normal in the end.
///
/// The answers of a series that stays as it is are called anomalous as often as alpha says, whatever the
/// detector. The page docs/calibration.md shows how well that holds.
class Calibration {
 public:
  /// The chance of an answer at least as strong, in (0, 1), by its rank among the earlier ones:
  /// (stronger ones + ½) / (all + 1). Among and beyond the strongest few, k of m, which lie on average b above
  /// the next one, u, by a tail that falls exponentially, as it does for every test whose samples are normal:
  /// k / (m + 1) · (1 + (s − u) / (k b))^−k. That is the chance of a further answer where b is known
  /// from k answers only (Aitchison & Dunsmore 1975, Statistical Prediction Analysis, p. 24); it makes few
  /// answers say little. b is taken for no less than a fiftieth of u: answers that hardly differ, as those of
  /// one episode do or those about a history that is still filling up, say little about how much stronger
  /// the next one may be.
  double p(double strength) const noexcept;
  void add(double strength, bool anomalous);

  /// False: all of several earlier answers were the same, as those about a constant series are, so that there
  /// is nothing to hold a further one against.
  bool varies() const noexcept {
    constexpr double several = 8;
    return answers_.total() < several || answers_.tail(1).weight > 0;
  }
  /// How many answers it stands on.
  double answers() const noexcept { return answers_.total(); }
  /// How many of them were stronger.
  double stronger_than(double strength) const noexcept { return answers_.weight_above(strength); }
  bool empty() const noexcept { return answers_.total() == 0 && held_.empty(); }

  void save(StateWriter& out) const;
  void restore(StateReader& in);

 private:
  double most_held() const noexcept { return answers_.total() / 500; }

  RecentRanks answers_{10'000};
  std::vector<double> held_;  ///< strengths of the anomalous windows that the last answers were about
};

}  // namespace oddity::detect
