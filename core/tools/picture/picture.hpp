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
  std::span<const std::int64_t> times;   ///< ns since 1970 UTC, in any order
  std::span<const double> values;        ///< as long as `times`; what is not finite is left out
  std::vector<MarkedWindow> found;       ///< ascending
  std::vector<MarkedWindow> labelled{};  ///< what somebody says is odd, in green
};

struct Picture {
  std::string title;
  std::string subtitle;
  std::vector<Panel> panels;  ///< at least one
};

/// A panel for each series over one axis of time: for every column of pixels the range of its values
/// and their mean, in red and labelled with their time where windows were found. About 1000 by 250
/// pixels and 200 more a panel; readable on light and dark pages. Takes time by the number of
/// values, size by the number of panels.
std::string draw(const Picture& picture);

}  // namespace oddity::demo
