#include "evaluate/ucr_rule.hpp"

#include <cmath>

namespace oddity::evaluate {

bool has_ucr_rule(const LabelledSeries& series) noexcept {
  return series.train && series.events.size() == 1 && series.events[0].begin >= *series.train;
}

std::optional<std::size_t> ucr_place(const LabelledSeries& series,
                                     std::span<const JudgedWindow> windows) noexcept {
  const JudgedWindow* highest = nullptr;
  for (const JudgedWindow& window : windows) {
    if (window.last < series.train.value_or(0) || std::isnan(window.score)) continue;
    if (highest == nullptr || window.score > highest->score) highest = &window;
  }
  return highest == nullptr ? std::nullopt : std::optional(highest->last);
}

bool ucr_right(const LabelledSeries& series, std::span<const JudgedWindow> windows) noexcept {
  const auto place = ucr_place(series, windows);
  if (!place || !has_ucr_rule(series)) return false;
  const Event& event = series.events[0];
  return *place + ucr_reach >= event.begin && *place < event.end + ucr_reach;
}

}  // namespace oddity::evaluate
