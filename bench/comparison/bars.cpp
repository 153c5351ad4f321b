#include "comparison/bars.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "measured/spread.hpp"
#include "picture/svg_text.hpp"

namespace oddity::bench {
namespace {

constexpr double width = 900, left = 230, right = 90, top = 84;
constexpr double bar_height = 20, group_gap = 44;

constexpr const char* style = R"(<style>
  .paper { fill: #ffffff; } .ink { fill: #1f2933; } .faint { fill: #6b7780; } .grid { stroke: #e3e8ec; }
  .bar { fill: #a9c3d6; } .ours { fill: #2f5d80; }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #12181d; } .ink { fill: #e8edf1; } .faint { fill: #93a1ac; } .grid { stroke: #263038; }
    .bar { fill: #3c5a70; } .ours { fill: #a9cde8; }
  }
</style>
)";

/// Powers of ten around all values.
struct Axis {
  double from = 0, to = 1;  ///< exponents

  explicit Axis(std::span<const BarGroup> groups) {
    double least = INFINITY, most = 0;
    for (const BarGroup& group : groups) {
      for (const Bar& bar : group.bars) {
        least = std::min(least, bar.value);
        most = std::max(most, bar.value);
      }
    }
    from = std::floor(std::log10(least) - 0.3);
    to = std::max(from + 1, std::ceil(std::log10(most)));
  }
  double at(double value) const {
    return left + (width - left - right) * (std::log10(value) - from) / (to - from);
  }
};

std::string bar_at(const Bar& bar, const Axis& axis, double y) {
  const double end = axis.at(bar.value), middle = y + bar_height * 0.68;
  return fmt::format(
      "<rect class=\"{}\" x=\"{}\" y=\"{:.0f}\" width=\"{:.1f}\" height=\"{:.0f}\"/>"
      "<text class=\"ink\" x=\"{}\" y=\"{:.1f}\" text-anchor=\"end\" font-size=\"13\">{}</text>"
      "<text class=\"ink\" x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"13\">{}</text>\n",
      bar.ours ? "ours" : "bar", left, y + 2, end - left, bar_height - 4, left - 10, middle,
      demo::escaped(bar.name), end + 6, middle, brief(bar.value));
}

std::string grid(const Axis& axis, double bottom) {
  std::string lines;
  for (int power = static_cast<int>(axis.from); power <= static_cast<int>(axis.to); ++power) {
    const double value = std::pow(10.0, power), x = axis.at(value);
    lines += fmt::format(
        "<line class=\"grid\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1}\" y2=\"{2:.0f}\"/>"
        "<text class=\"faint\" x=\"{0:.1f}\" y=\"{3:.0f}\" text-anchor=\"middle\" "
        "font-size=\"12\">{4:g}</text>\n",
        x, top - 8, bottom, bottom + 18, value);
  }
  return lines;
}

}  // namespace

std::string draw_bars(const std::string& title, const std::string& subtitle,
                      std::span<const BarGroup> groups) {
  const Axis axis(groups);
  std::string bars;
  double y = top;
  for (const BarGroup& group : groups) {
    bars += fmt::format(
        "<text class=\"ink\" x=\"{}\" y=\"{:.0f}\" font-size=\"14\" font-weight=\"600\">{}</text>\n", left,
        y + 12, demo::escaped(group.name));
    y += bar_height;
    for (const Bar& bar : group.bars) {
      bars += bar_at(bar, axis, y);
      y += bar_height;
    }
    y += group_gap - bar_height;
  }
  const double height = y + 20;
  return fmt::format(
             "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1:.0f}\" width=\"{0}\" "
             "height=\"{1:.0f}\" font-family=\"system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', "
             "sans-serif\">\n{2}<rect class=\"paper\" width=\"{0}\" height=\"{1:.0f}\"/>\n"
             "<text class=\"ink\" x=\"24\" y=\"34\" font-size=\"20\" font-weight=\"600\">{3}</text>\n"
             "<text class=\"faint\" x=\"24\" y=\"55\" font-size=\"13\">{4}</text>\n",
             width, height, style, demo::escaped(title), demo::escaped(subtitle)) +
         grid(axis, y - 8) + bars + "</svg>\n";
}

}  // namespace oddity::bench
