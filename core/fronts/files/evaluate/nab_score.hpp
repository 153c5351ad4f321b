// The score of the Numenta Anomaly Benchmark: Lavin and Ahmad, "Evaluating Real-time Anomaly Detection Algorithms - the
// Numenta Anomaly Benchmark", ICMLA 2015, and its repository's profiles.
//
// LIFE CYCLE
//   1. NabScore score;
//   2. score.add(series, windows) for each series;
//   3. score.at(threshold), score.best().
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "evaluate/labelled_series.hpp"

namespace oddity::evaluate {

/// What a detection, a false alarm and a miss weigh.
struct NabProfile {
  const char* name;
  double hit;
  double false_alarm;
  double miss;
};

inline constexpr std::array<NabProfile, 3> nab_profiles{{
    {"standard", 1, 0.11, 1},
    {"reward_low_FP_rate", 1, 0.22, 1},
    {"reward_low_FN_rate", 1, 0.11, 2},
}};

/// One number a profile, in their order.
using NabScores = std::array<double, nab_profiles.size()>;

/// The highest score of each profile, and at which threshold; infinity: where nothing is odd.
struct NabBest {
  NabScores scores{};
  NabScores thresholds{};
};

/// Rows at the front of a series that the benchmark does not score: 15 %, at most 750.
std::size_t nab_probation(std::size_t rows) noexcept;

/// 0 is a detector that says nothing, 100 one that says each event at its first row and nothing else. Of an event the earliest
/// detection counts, by its place: sigma(y) = 2 / (1 + exp(5 y)) - 1, where y goes from -1 at the first row to 0 behind
/// the last, relative to sigma(-1). Every other odd row costs: -sigma of its distance behind the last event, in lengths of that
/// event, which is 1 beyond three lengths and before the first event. All series have one threshold.
class NabScore {
 public:
  /// `windows`: those that raise an alarm, or all with their scores; each stands for its last row.
  void add(const LabelledSeries& series, std::span<const JudgedWindow> windows);

  /// Every row whose score is above the threshold is a detection. NaN where no series has an event.
  NabScores at(double threshold) const;

  /// The best that any threshold gives, for each profile by itself. Detections are scores of at least the threshold.
  NabBest best() const;

  std::size_t events() const noexcept { return events_; }

 private:
  struct Detection {
    double score = 0;
    double worth = 0;         ///< of a hit, above 0, or of a false alarm, below; not weighted
    std::int64_t event = -1;  ///< -1: none
  };
  double normal(double raw, const NabProfile& profile) const noexcept;

  std::vector<Detection> detections_;
  std::size_t events_ = 0;  ///< with rows that are scored
};

}  // namespace oddity::evaluate
