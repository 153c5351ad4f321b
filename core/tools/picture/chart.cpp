#include "picture/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "picture/svg_text.hpp"

namespace oddity::demo {
namespace {

class ChartDrawing {
 public:
  explicit ChartDrawing(const Chart& chart) : chart_(chart) {
    double largest = 1;
    for (const ChartLine& line : chart.lines) {
      for (const ChartPoint& point : line.points) {
        if (std::isfinite(point.x)) largest = std::max(largest, point.x);
      }
    }
    last_ = std::max(first_ + 1, static_cast<int>(std::ceil(std::log10(largest))));
  }

  std::string draw() {
    draw_header();
    draw_axes();
    for (std::size_t i = 0; i < chart_.lines.size(); ++i) {
      draw_line(chart_.lines[i], i % colours);
      draw_name(chart_.lines[i], i % colours, top + plot_height + below + row * static_cast<double>(i));
    }
    return std::move(svg_) + "</svg>\n";
  }

 private:
  static constexpr double width = 1000;
  static constexpr double left = 64;
  static constexpr double right = 24;
  static constexpr double top = 98;
  static constexpr double plot_height = 400;
  static constexpr double row = 20;  // of the names
  static constexpr double below = 66;
  static constexpr std::size_t colours = 8;
  static constexpr double wide = width - left - right;

  template <class... Args>
  void add(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(svg_), format, std::forward<Args>(args)...);
    svg_ += '\n';
  }

  double x_of(double x) const {
    const double at = x > 0 ? std::log10(x) : first_;
    return left + wide * std::clamp((at - first_) / (last_ - first_), 0.0, 1.0);
  }
  static double y_of(double y) { return top + plot_height * (1 - std::clamp(y, 0.0, 1.0)); }

  void draw_header();
  void draw_axes();
  void draw_line(const ChartLine& line, std::size_t colour);
  void draw_name(const ChartLine& line, std::size_t colour, double y);

  const Chart& chart_;
  const int first_ = -2;  ///< power of ten at the left end
  int last_ = 0;
  std::string svg_;
};

void ChartDrawing::draw_header() {
  const double height = top + plot_height + below + row * static_cast<double>(chart_.lines.size()) + 4;
  add(R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" font-family="system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif">
<style>
  .paper {{ fill: #ffffff; }} .ink {{ fill: #1f2933; }} .faint {{ fill: #6b7780; }} .grid {{ stroke: #e3e8ec; }}
  .line {{ fill: none; stroke-width: 2; stroke-linejoin: round; }}
  .c0 {{ color: #2f5d80; }} .c1 {{ color: #d64545; }} .c2 {{ color: #3d8f5f; }} .c3 {{ color: #b07a1e; }}
  .c4 {{ color: #7a55a8; }} .c5 {{ color: #2a9aa8; }} .c6 {{ color: #a8477e; }} .c7 {{ color: #6b7780; }}
  @media (prefers-color-scheme: dark) {{
    .paper {{ fill: #12181d; }} .ink {{ fill: #e8edf1; }} .faint {{ fill: #93a1ac; }} .grid {{ stroke: #263038; }}
    .c0 {{ color: #a9cde8; }} .c1 {{ color: #ff9090; }} .c2 {{ color: #7fd0a0; }} .c3 {{ color: #e8b860; }}
    .c4 {{ color: #c4a8ea; }} .c5 {{ color: #70d4e0; }} .c6 {{ color: #ec9ac6; }} .c7 {{ color: #b8c2ca; }}
  }}
</style>
<rect class="paper" width="{0}" height="{1}"/>
<text class="ink" x="{2}" y="34" font-size="20" font-weight="600">{3}</text>
<text class="faint" x="{2}" y="55" font-size="13">{4}</text>)",
      width, height, left, escaped(chart_.title), escaped(chart_.subtitle));
}

void ChartDrawing::draw_axes() {
  for (int tenth = 0; tenth <= 10; tenth += 2) {
    const double y = y_of(0.1 * tenth);
    add(R"(<line class="grid" x1="{:.0f}" x2="{:.0f}" y1="{:.1f}" y2="{:.1f}"/><text class="faint" x="{:.0f}" y="{:.1f}" font-size="11" text-anchor="end">{:.1f}</text>)",
        left, width - right, y, y, left - 8, y + 4, 0.1 * tenth);
  }
  for (int power = first_; power <= last_; ++power) {
    const double x = x_of(std::pow(10, power));
    add(R"(<line class="grid" x1="{0:.1f}" x2="{0:.1f}" y1="{1:.0f}" y2="{2:.0f}"/><text class="faint" x="{0:.1f}" y="{3:.0f}" font-size="11" text-anchor="middle">{4:g}</text>)",
        x, top, top + plot_height, top + plot_height + 17, std::pow(10, power));
  }
  add(R"(<text class="ink" x="{:.0f}" y="{:.0f}" font-size="13" text-anchor="end">{}</text>)", width - right,
      top + plot_height + 37, escaped(chart_.x_name));
  add(R"(<text class="ink" x="{:.0f}" y="{:.0f}" font-size="13">{}</text>)", left, top - 10,
      escaped(chart_.y_name));
}

void ChartDrawing::draw_line(const ChartLine& line, std::size_t colour) {
  std::string path;
  for (const ChartPoint& point : line.points) {
    if (!std::isfinite(point.x) || !std::isfinite(point.y)) continue;
    fmt::format_to(std::back_inserter(path), "{}{:.1f} {:.1f}", path.empty() ? "M" : "L", x_of(point.x),
                   y_of(point.y));
  }
  if (!path.empty()) add(R"(<path class="line c{}" stroke="currentColor" d="{}"/>)", colour, path);
  if (!line.marked || !std::isfinite(line.marked->x) || !std::isfinite(line.marked->y)) return;
  add(R"(<circle class="c{}" fill="currentColor" cx="{:.1f}" cy="{:.1f}" r="5"/>)", colour,
      x_of(line.marked->x), y_of(line.marked->y));
}

void ChartDrawing::draw_name(const ChartLine& line, std::size_t colour, double y) {
  std::string text = line.name;
  if (line.marked && std::isfinite(line.marked->x) && std::isfinite(line.marked->y))
    text += fmt::format("; {}: {:.2f} at {:.3g}", chart_.marked_name, line.marked->y, line.marked->x);
  add(R"(<rect class="c{}" fill="currentColor" x="{:.0f}" y="{:.0f}" width="18" height="4"/><text class="ink" x="{:.0f}" y="{:.0f}" font-size="13">{}</text>)",
      colour, left, y - 7, left + 26, y - 1, escaped(text));
}

}  // namespace

std::string draw(const Chart& chart) { return ChartDrawing(chart).draw(); }

}  // namespace oddity::demo
