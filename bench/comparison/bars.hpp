// Draws what was compared: bars over a logarithmic axis, in one self-contained SVG.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace oddity::bench {

struct Bar {
  std::string name;
  double value = 0;  ///< above 0
  bool ours = false;
};

struct BarGroup {
  std::string name;
  std::vector<Bar> bars;
};

/// Groups one below the other; each bar has its value written at its end. Readable on light and dark pages.
std::string draw_bars(const std::string& title, const std::string& subtitle,
                      std::span<const BarGroup> groups);

}  // namespace oddity::bench
