// Series and scores for tests of the scoring rules.
#pragma once

#include <rapidcheck.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "evaluate/labelled_series.hpp"

namespace oddity::test {

inline constexpr std::int64_t minute = 60'000'000'000;

/// A value a minute.
inline evaluate::LabelledSeries series_of(std::size_t rows, std::vector<evaluate::Event> events) {
  evaluate::LabelledSeries series;
  series.name = "made";
  series.step = minute;
  series.events = std::move(events);
  for (std::size_t row = 0; row < rows; ++row)
    series.times.push_back(static_cast<std::int64_t>(row) * minute);
  series.columns.assign(1, std::vector<double>(rows, 1));
  return series;
}

/// Each row a window.
inline std::vector<evaluate::JudgedWindow> windows_of(const std::vector<double>& scores) {
  std::vector<evaluate::JudgedWindow> windows;
  for (std::size_t row = 0; row < scores.size(); ++row) windows.push_back({row, row, scores[row]});
  return windows;
}

/// Each row a window; 2 in these rows, 0 in all others.
inline std::vector<evaluate::JudgedWindow> odd_in(std::size_t rows, const std::vector<std::size_t>& odd) {
  std::vector<double> scores(rows, 0.0);
  for (const std::size_t row : odd) scores[row] = 2;
  return windows_of(scores);
}

struct MadeSeries {
  evaluate::LabelledSeries series;
  std::vector<evaluate::JudgedWindow> windows;
};

/// Any number of events that do not touch, behind the rows that nobody scores, and scores in between.
inline rc::Gen<MadeSeries> any_series() {
  return rc::gen::exec([] {
    const auto rows = *rc::gen::inRange<std::size_t>(100, 300);
    std::vector<evaluate::Event> events;
    for (std::size_t at = rows / 5 + *rc::gen::inRange<std::size_t>(0, 60); at + 10 < rows;) {
      const auto length = *rc::gen::inRange<std::size_t>(2, 9);
      events.push_back({at, at + length});
      at += length + *rc::gen::inRange<std::size_t>(3, 90);
    }
    const auto tenths = *rc::gen::container<std::vector<int>>(rows, rc::gen::inRange(0, 15));
    std::vector<double> scores;
    for (const int tenth : tenths) scores.push_back(0.1 * tenth);
    return MadeSeries{series_of(rows, events), windows_of(scores)};
  });
}

}  // namespace oddity::test
