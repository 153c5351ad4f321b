// Draws shares against numbers over several powers of ten: one self-contained SVG.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace oddity::demo {

struct ChartPoint {
  double x = 0;  ///< 0 or more; what is 0 or below the axis is drawn at its left end
  double y = 0;  ///< in [0, 1]
};

struct ChartLine {
  std::string name;
  std::vector<ChartPoint> points;    ///< joined in this order; what is not finite is left out
  std::optional<ChartPoint> marked;  ///< with a dot
};

struct Chart {
  std::string title;
  std::string subtitle;
  std::string x_name;
  std::string y_name;
  std::string marked_name;  ///< what the dots are
  std::vector<ChartLine> lines;
};

/// One axis of powers of ten from at most 0.01 to the largest x, one from 0 to 1; about 1000 by 560 pixels; readable on light and
/// dark pages. The names of the lines stand below, in their colours; of more than eight, colours come again.
std::string draw(const Chart& chart);

}  // namespace oddity::demo
