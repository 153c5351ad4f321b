// What the engine says of each window of a series.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/call_watch.hpp"
#include "base/log.hpp"
#include "detect/plan.hpp"
#include "evaluate/labelled_series.hpp"
#include "evaluate/series_reader.hpp"
#include "window/time_windows.hpp"

namespace oddity::evaluate {

struct Judged {
  std::vector<JudgedWindow> windows;
  std::uint64_t failures = 0;   ///< of detectors, each of which then began anew
  std::uint64_t forgotten = 0;  ///< how often the series was forgotten by age (ttl), and began anew
  Remark unscored{};            ///< rows to which another detector gave no score
};

/// Judges a series from its first row on, with detectors that know nothing yet: each row by itself against those before it or,
/// with `windows`, the windows that replay would cut. What comes after the last window is not judged. Plans may be shared by threads.
/// `watch`: of the calls of detectors; nullptr: they are not watched.
Judged judge(const LabelledSeries& series, const detect::Plan& plan,
             const std::optional<window::WindowSpec>& windows, Log& log, CallWatch* watch = nullptr);

}  // namespace oddity::evaluate
