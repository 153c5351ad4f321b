#include "demo/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/time.hpp"

namespace oddity::demo {
namespace {

constexpr double width = 1000;
constexpr double left = 64;
constexpr double right = 24;
constexpr double header = 100;
constexpr double panel_height = 150;
constexpr double panel_gap = 44;
constexpr double footer = 44;
constexpr std::size_t columns = static_cast<std::size_t>(width - left - right);
constexpr std::int64_t hour = 3'600'000'000'000;

/// What is drawn of one column of pixels.
struct Slice {
  double least = 0;
  double most = 0;
  double sum = 0;
  std::size_t count = 0;
};

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

/// A step of 1, 2 or 5 times a power of ten that cuts `range` into about `parts`.
double round_step(double range, double parts) {
  const double rough = range / parts;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= rough) return factor * power;
  }
  return 10 * power;
}

class Drawing {
 public:
  explicit Drawing(const Picture& picture) : picture_(picture), begin_(picture.times.front()), end_(picture.times.back()) {}

  std::string draw() {
    const double height = header + static_cast<double>(picture_.panels.size()) * (panel_height + panel_gap) - panel_gap + footer;
    open(height);
    for (std::size_t i = 0; i < picture_.panels.size(); ++i) {
      top_ = header + static_cast<double>(i) * (panel_height + panel_gap);
      draw_panel(picture_.panels[i]);
    }
    draw_hours(height - footer);
    return svg_ + "</svg>\n";
  }

 private:
  void open(double height) {
    svg_ += fmt::format(R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" font-family="system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif">
<style>
  .paper {{ fill: #ffffff; }} .ink {{ fill: #1f2933; }} .faint {{ fill: #6b7780; }} .grid {{ stroke: #e3e8ec; }} .axis {{ stroke: #b8c2ca; }}
  .range {{ stroke: #a9c3d6; }} .mean {{ stroke: #2f5d80; }} .alarm {{ fill: #d64545; }} .label {{ fill: #b02a2a; }}
  @media (prefers-color-scheme: dark) {{
    .paper {{ fill: #12181d; }} .ink {{ fill: #e8edf1; }} .faint {{ fill: #93a1ac; }} .grid {{ stroke: #263038; }} .axis {{ stroke: #45525c; }}
    .range {{ stroke: #3c5a70; }} .mean {{ stroke: #a9cde8; }} .alarm {{ fill: #ef6a6a; }} .label {{ fill: #ff9090; }}
  }}
</style>
<rect class="paper" width="{0}" height="{1}"/>
<text class="ink" x="{2}" y="34" font-size="20" font-weight="600">{3}</text>
<text class="faint" x="{2}" y="55" font-size="13">{4}</text>
)",
                        width, height, left, escaped(picture_.title), escaped(picture_.subtitle));
  }

  double x_of(std::int64_t time) const {
    return left + static_cast<double>(columns) * static_cast<double>(time - begin_) / static_cast<double>(end_ - begin_);
  }
  double y_of(double value) const { return top_ + panel_height * (highest_ - value) / (highest_ - lowest_); }

  std::vector<Slice> slices(std::span<const double> values) const {
    std::vector<Slice> all(columns);
    for (std::size_t row = 0; row < values.size(); ++row) {
      if (!std::isfinite(values[row])) continue;
      const auto at = static_cast<std::size_t>(std::min(x_of(picture_.times[row]) - left, static_cast<double>(columns - 1)));
      Slice& slice = all[at];
      slice.least = slice.count == 0 ? values[row] : std::min(slice.least, values[row]);
      slice.most = slice.count == 0 ? values[row] : std::max(slice.most, values[row]);
      slice.sum += values[row];
      ++slice.count;
    }
    return all;
  }

  void draw_panel(const Panel& panel) {
    const std::vector<Slice> all = slices(panel.values);
    set_range(all);
    draw_grid(panel);
    for (const MarkedWindow& window : panel.found) draw_band(window);
    draw_series(all);
    draw_labels(panel);
  }

  void set_range(const std::vector<Slice>& all) {
    lowest_ = 1e300;
    highest_ = -1e300;
    for (const Slice& slice : all) {
      if (slice.count == 0) continue;
      lowest_ = std::min(lowest_, slice.least);
      highest_ = std::max(highest_, slice.most);
    }
    if (lowest_ > highest_) lowest_ = highest_ = 0;
    const double margin = highest_ > lowest_ ? 0.06 * (highest_ - lowest_) : 1;
    lowest_ -= margin;
    highest_ += margin;
  }

  void draw_grid(const Panel& panel) {
    const double step = round_step(highest_ - lowest_, 4);
    for (double value = std::ceil(lowest_ / step) * step; value <= highest_; value += step) {
      const double y = y_of(value);
      svg_ += fmt::format(R"(<line class="grid" x1="{:.0f}" x2="{:.0f}" y1="{:.1f}" y2="{:.1f}"/><text class="faint" x="{:.0f}" y="{:.1f}" font-size="11" text-anchor="end">{:g}</text>
)",
                          left, width - right, y, y, left - 8, y + 4, value);
    }
    // At the right end: the labels of found windows stand in the same line, and the beginning of a day is as odd as any time.
    svg_ += fmt::format(R"(<text class="ink" x="{:.0f}" y="{:.1f}" font-size="14" font-weight="600" text-anchor="end">{}<tspan class="faint" font-weight="400" dx="5">{}</tspan></text>
)",
                        width - right, top_ - 9, escaped(panel.name), escaped(panel.unit));
  }

  void draw_band(const MarkedWindow& window) {
    const double from = x_of(std::max(window.begin, begin_));
    const double to = x_of(std::min(window.end, end_));
    svg_ += fmt::format(R"(<rect class="alarm" fill-opacity="0.22" x="{0:.1f}" y="{1:.1f}" width="{2:.1f}" height="{3}"/><rect class="alarm" x="{0:.1f}" y="{4:.1f}" width="{2:.1f}" height="4"/>
)",
                        from, top_, std::max(1.5, to - from), panel_height, top_ + panel_height - 4);
  }

  void draw_series(const std::vector<Slice>& all) {
    std::string range;
    std::string mean;
    for (std::size_t x = 0; x < all.size(); ++x) {
      if (all[x].count == 0) continue;
      const double at = left + static_cast<double>(x) + 0.5;
      range += fmt::format("M{:.1f} {:.1f}V{:.1f}", at, y_of(all[x].most), y_of(all[x].least) + 0.5);
      mean += fmt::format("{}{:.1f} {:.1f}", mean.empty() ? "M" : "L", at, y_of(all[x].sum / static_cast<double>(all[x].count)));
    }
    svg_ += fmt::format(R"(<path d="{}" class="range" fill="none" stroke-width="1.05"/>
)", range);
    svg_ += fmt::format(R"(<path class="mean" d="{}" fill="none" stroke-width="1.2"/>
)", mean);
  }

  /// One label for each run of windows that touch.
  void draw_labels(const Panel& panel) {
    for (std::size_t i = 0; i < panel.found.size();) {
      std::size_t last = i;
      while (last + 1 < panel.found.size() && panel.found[last + 1].begin <= panel.found[last].end) ++last;
      const std::string text = last == i ? clock(panel.found[i].end) : clock(panel.found[i].end) + " to " + clock(panel.found[last].end);
      const double middle = (x_of(panel.found[i].begin) + x_of(panel.found[last].end)) / 2;
      svg_ += fmt::format(R"(<text class="label" x="{:.1f}" y="{:.1f}" font-size="12" font-weight="600" text-anchor="middle">{}</text>
)",
                          std::clamp(middle, left + 20, width - right - 140), top_ - 9, text);
      i = last + 1;
    }
  }

  static std::string clock(std::int64_t time) { return format_time(time).substr(11, 5); }

  void draw_hours(double y) {
    std::int64_t step = hour;
    for (const std::int64_t hours : {2, 3, 6, 12, 24, 24 * 7, 24 * 30}) {
      if ((end_ - begin_) / step > 13) step = hours * hour;
    }
    svg_ += fmt::format(R"(<line class="axis" x1="{:.0f}" x2="{:.0f}" y1="{:.1f}" y2="{:.1f}"/>
)", left, width - right, y, y);
    for (std::int64_t at = (begin_ + step - 1) / step * step; at <= end_; at += step) {
      const double x = x_of(at);
      svg_ += fmt::format(R"(<line class="axis" x1="{0:.1f}" x2="{0:.1f}" y1="{1:.1f}" y2="{2:.1f}"/><text class="faint" x="{0:.1f}" y="{3:.1f}" font-size="11" text-anchor="middle">{4}</text>
)",
                          x, y, y + 5, y + 19, clock(at));
    }
  }

  const Picture& picture_;
  const std::int64_t begin_;
  const std::int64_t end_;
  double top_ = 0;
  double lowest_ = 0;
  double highest_ = 1;
  std::string svg_;
};

}  // namespace

std::string draw(const Picture& picture) { return Drawing(picture).draw(); }

}  // namespace oddity::demo
