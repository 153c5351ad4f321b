// The rule of the UCR Time Series Anomaly Archive: Wu and Keogh, "Current Time Series Anomaly Detection Benchmarks are Flawed
// and are Creating the Illusion of Progress", IEEE TKDE 2021. A series has one event, and a detector names one place.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "evaluate/labelled_series.hpp"

namespace oddity::evaluate {

/// How far from the event the place may lie, in rows.
inline constexpr std::size_t ucr_reach = 100;

/// Whether the rule can be asked: a training part, and one event after it.
bool has_ucr_rule(const LabelledSeries& series) noexcept;

/// The last row of the window with the highest score after the training part, of equals the first; none where nothing was judged.
std::optional<std::size_t> ucr_place(const LabelledSeries& series,
                                     std::span<const JudgedWindow> windows) noexcept;

/// Whether that place is within reach of the event.
bool ucr_right(const LabelledSeries& series, std::span<const JudgedWindow> windows) noexcept;

}  // namespace oddity::evaluate
