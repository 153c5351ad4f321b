// Draws series over time with the windows that were found in them: one self-contained SVG.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace oddity::demo {

struct MarkedWindow {
  std::int64_t begin = 0;  ///< ns since 1970 UTC
  std::int64_t end = 0;
};

struct Panel {
  std::string name;
  std::string unit;
  std::span<const double> values;  ///< as long as Picture::times
  std::vector<MarkedWindow> found;
};

struct Picture {
  std::string title;
  std::string subtitle;
  std::span<const std::int64_t> times;  ///< ascending, ns since 1970 UTC; at least two
  std::vector<Panel> panels;
};

/// A panel for each series: for every column of pixels the range of its values and their mean, found windows shaded and labelled
/// with their time. Readable on light and on dark pages.
std::string draw(const Picture& picture);

}  // namespace oddity::demo
