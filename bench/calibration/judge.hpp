// The engine as the measurements use it: series of windows of one field, by one detector.
//
// 1. Judge judge(setting);
// 2. judge.go_on(state, minute) at most once, before the first window: after a save() in that minute;
// 3. judge.judge(group, rows)   for each window.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "oddity/engine/engine.hpp"

namespace oddity::calibration {

/// What the measurements compare.
struct Treatment {
  std::string_view calibrate;
  std::string_view autocorrelation;
  std::string_view name;  ///< in the page's tables
};
inline constexpr Treatment none{"none", "ignore", "none"};
inline constexpr Treatment none_adjust{"none", "adjust", "none+adjust"};
inline constexpr Treatment own{"own", "ignore", "own"};
inline constexpr Treatment own_adjust{"own", "adjust", "own+adjust"};

inline constexpr std::array<std::string_view, 3> detectors{"ttest", "zscore", "ks"};
/// Those whose p is held against the series' own past already.
inline constexpr std::array<std::string_view, 3> self_calibrating{"novelty", "jump", "seasonal"};

struct Setting {
  std::string_view detector;
  Treatment treatment = none;
  /// An alpha, or, where it holds a slash, a promise of false alarms.
  std::string alpha;
  int size = 2000;
};

class Judge {
 public:
  explicit Judge(const Setting& setting);

  /// `rows`: those of the next minute.
  const Judgement& judge(std::string_view group, std::span<const double> rows);
  void go_on(std::string_view state, std::int64_t minute) {
    engine_.restore(state);
    minute_ = minute;
  }
  std::string save() { return engine_.save(); }
  std::int64_t minute() const noexcept { return minute_; }

 private:
  Engine engine_;
  std::int64_t minute_ = 0;
  std::vector<std::int64_t> times_;
};

/// The window's number or decision of this name; 0 where it has none.
double number_of(const Judgement& judgement, std::string_view name);

}  // namespace oddity::calibration
