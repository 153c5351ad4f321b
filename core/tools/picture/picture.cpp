#include "picture/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "picture/axis.hpp"
#include "picture/svg_text.hpp"

namespace oddity::demo {
namespace {

constexpr double width = 1000;
constexpr double left = 64;
constexpr double right = 24;
constexpr double header = 104;
constexpr double panel_height = 150;
constexpr double panel_gap = 46;
constexpr double footer = 46;
constexpr std::size_t columns = static_cast<std::size_t>(width - left - right);

/// What is drawn of one column of pixels.
struct Slice {
  double min = 0;
  double max = 0;
  double mean = 0;
  std::size_t count = 0;
  bool found = false;
};

class Drawing {
 public:
  explicit Drawing(const Picture& picture) : picture_(picture) {
    begin_ = std::numeric_limits<std::int64_t>::max();
    end_ = std::numeric_limits<std::int64_t>::min();
    for (const Panel& panel : picture.panels) {
      for (const std::int64_t time : panel.times)
        begin_ = std::min(begin_, time), end_ = std::max(end_, time);
    }
    if (begin_ > end_) begin_ = end_ = 0;
    duration_ = std::max(1.0, static_cast<double>(end_) - static_cast<double>(begin_));
  }

  std::string draw() {
    const double height = header + static_cast<double>(picture_.panels.size()) * (panel_height + panel_gap) -
                          panel_gap + footer;
    draw_header(height);
    for (std::size_t i = 0; i < picture_.panels.size(); ++i) {
      top_ = header + static_cast<double>(i) * (panel_height + panel_gap);
      draw_panel(picture_.panels[i]);
    }
    draw_times(height - footer);
    return std::move(svg_) + "</svg>\n";
  }

 private:
  template <class... Args>
  void add(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(svg_), format, std::forward<Args>(args)...);
    svg_ += '\n';
  }

  void draw_header(double height);
  void draw_legend();
  void draw_label_legend();
  void draw_panel(const Panel& panel);
  void draw_grid(const Panel& panel);
  void draw_band(const MarkedWindow& window);
  void draw_labelled(const MarkedWindow& window);
  void draw_series(const std::vector<Slice>& all, bool found);
  void draw_labels(const Panel& panel);
  void draw_times(double y);

  double x_of(std::int64_t time) const {
    const double at = static_cast<double>(time) - static_cast<double>(begin_);
    return left + static_cast<double>(columns) * std::clamp(at / duration_, 0.0, 1.0);
  }
  /// In halves, so that nothing overflows.
  double y_of(double value) const {
    return top_ + panel_height * (highest_ / 2 - value / 2) / (highest_ / 2 - lowest_ / 2);
  }
  std::size_t column_of(std::int64_t time) const {
    return std::min(static_cast<std::size_t>(x_of(time) - left), columns - 1);
  }

  std::vector<Slice> slices(const Panel& panel) const;
  void set_range(const std::vector<Slice>& all);

  const Picture& picture_;
  std::int64_t begin_ = 0;
  std::int64_t end_ = 0;
  double duration_ = 1;
  double top_ = 0;
  double lowest_ = 0;
  double highest_ = 1;
  std::string svg_;
};

void Drawing::draw_header(double height) {
  svg_ += fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" font-family="system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif">
<style>
  .paper {{ fill: #ffffff; }} .ink {{ fill: #1f2933; }} .faint {{ fill: #6b7780; }} .grid {{ stroke: #e3e8ec; }} .axis {{ stroke: #b8c2ca; }}
  .range {{ stroke: #a9c3d6; }} .mean {{ stroke: #2f5d80; }} .range.odd {{ stroke: #eda6a1; }} .mean.odd {{ stroke: #a31f1f; }}
  .band {{ fill: #d64545; fill-opacity: 0.13; }} .bar {{ fill: #d64545; }} .label {{ fill: #b02a2a; }}
  @media (prefers-color-scheme: dark) {{
    .paper {{ fill: #12181d; }} .ink {{ fill: #e8edf1; }} .faint {{ fill: #93a1ac; }} .grid {{ stroke: #263038; }} .axis {{ stroke: #45525c; }}
    .range {{ stroke: #3c5a70; }} .mean {{ stroke: #a9cde8; }} .range.odd {{ stroke: #8c3b3b; }} .mean.odd {{ stroke: #ffb3ad; }}
    .band {{ fill: #ef6a6a; fill-opacity: 0.16; }} .bar {{ fill: #ef6a6a; }} .label {{ fill: #ff9090; }}
  }}
</style>
<rect class="paper" width="{0}" height="{1}"/>
<text class="ink" x="{2}" y="34" font-size="20" font-weight="600">{3}</text>
<text class="faint" x="{2}" y="55" font-size="13">{4}</text>
)",
      width, height, left, escaped(picture_.title), escaped(picture_.subtitle));
  draw_legend();
  const bool labelled = std::any_of(picture_.panels.begin(), picture_.panels.end(),
                                    [](const Panel& panel) { return !panel.labelled.empty(); });
  if (labelled) draw_label_legend();
}

void Drawing::draw_legend() {
  constexpr double y = 30;
  double x = width - right - 218;
  add(R"(<line class="range" x1="{:.0f}" x2="{:.0f}" y1="{}" y2="{}" stroke-width="9"/><text class="faint" x="{:.0f}" y="{}" font-size="11">range</text>)",
      x, x + 18, y, y, x + 23, y + 4);
  x += 74;
  add(R"(<line class="mean" x1="{:.0f}" x2="{:.0f}" y1="{}" y2="{}" stroke-width="1.6"/><text class="faint" x="{:.0f}" y="{}" font-size="11">mean</text>)",
      x, x + 18, y, y, x + 23, y + 4);
  x += 74;
  add(R"(<rect class="band" x="{0:.0f}" y="{1}" width="18" height="14"/><rect class="bar" x="{0:.0f}" y="{2}" width="18" height="4"/><text class="faint" x="{3:.0f}" y="{4}" font-size="11">found</text>)",
      x, y - 7, y + 3, x + 23, y + 4);
}

/// Most pictures have no labels, and so no colours for them.
void Drawing::draw_label_legend() {
  constexpr double x = width - right - 292;
  constexpr double y = 30;
  svg_ += R"(<style>
  .told { fill: #3d8f5f; fill-opacity: 0.16; } .tell { fill: #3d8f5f; }
  @media (prefers-color-scheme: dark) { .told { fill: #63c08b; fill-opacity: 0.18; } .tell { fill: #63c08b; } }
</style>
)";
  add(R"(<rect class="told" x="{0:.0f}" y="{1}" width="18" height="14"/><rect class="tell" x="{0:.0f}" y="{1}" width="18" height="4"/><text class="faint" x="{2:.0f}" y="{3}" font-size="11">label</text>)",
      x, y - 7, x + 23, y + 4);
}

std::vector<Slice> Drawing::slices(const Panel& panel) const {
  std::vector<Slice> all(columns);
  for (std::size_t row = 0; row < panel.values.size(); ++row) {
    const double value = panel.values[row];
    if (!std::isfinite(value)) continue;
    Slice& slice = all[column_of(panel.times[row])];
    slice.min = slice.count == 0 ? value : std::min(slice.min, value);
    slice.max = slice.count == 0 ? value : std::max(slice.max, value);
    const auto n = static_cast<double>(++slice.count);
    slice.mean += value / n - slice.mean / n;  // a sum might overflow
  }
  for (const MarkedWindow& window : panel.found) {
    // The window's end is outside of it.
    for (std::size_t x = column_of(window.begin); x <= column_of(std::max(window.begin, window.end - 1)); ++x)
      all[x].found = true;
  }
  return all;
}

void Drawing::set_range(const std::vector<Slice>& all) {
  lowest_ = std::numeric_limits<double>::max();
  highest_ = std::numeric_limits<double>::lowest();
  for (const Slice& slice : all) {
    if (slice.count == 0) continue;
    lowest_ = std::min(lowest_, slice.min);
    highest_ = std::max(highest_, slice.max);
  }
  if (lowest_ > highest_) lowest_ = highest_ = 0;
  double margin = 0.06 * (highest_ / 2 - lowest_ / 2) * 2;
  if (!(margin > 1e-9 * std::abs(highest_))) margin = std::max(1.0, 1e-6 * std::abs(highest_));  // a constant
  lowest_ = std::max(lowest_ - margin, std::numeric_limits<double>::lowest());
  highest_ = std::min(highest_ + margin, std::numeric_limits<double>::max());
}

void Drawing::draw_panel(const Panel& panel) {
  const std::vector<Slice> all = slices(panel);
  set_range(all);
  draw_grid(panel);
  for (const MarkedWindow& window : panel.labelled) draw_labelled(window);
  for (const MarkedWindow& window : panel.found) draw_band(window);
  draw_series(all, false);
  draw_series(all, true);
  draw_labels(panel);
}

void Drawing::draw_grid(const Panel& panel) {
  for (const Mark& mark : value_marks(lowest_, highest_, 6)) {
    const double y = y_of(mark.at);
    add(R"(<line class="grid" x1="{:.0f}" x2="{:.0f}" y1="{:.1f}" y2="{:.1f}"/><text class="faint" x="{:.0f}" y="{:.1f}" font-size="11" text-anchor="end">{}</text>)",
        left, width - right, y, y, left - 8, y + 4, mark.text);
  }
  // At the right end: the labels of found windows stand in the same line, and the beginning of a day is as
  // odd as any time.
  add(R"(<text class="ink" x="{:.0f}" y="{:.1f}" font-size="14" font-weight="600" text-anchor="end">{}<tspan class="faint" font-weight="400" dx="5">{}</tspan></text>)",
      width - right, top_ - 9, escaped(panel.name), escaped(panel.unit));
}

void Drawing::draw_band(const MarkedWindow& window) {
  const double from = x_of(window.begin);
  const double wide = std::max(2.0, x_of(window.end) - from);
  add(R"(<rect class="band" x="{0:.1f}" y="{1:.1f}" width="{2:.1f}" height="{3}"/><rect class="bar" x="{0:.1f}" y="{4:.1f}" width="{2:.1f}" height="4"/>)",
      from, top_, wide, panel_height, top_ + panel_height);
}

/// Its bar is above the panel, that of what was found below.
void Drawing::draw_labelled(const MarkedWindow& window) {
  const double from = x_of(window.begin);
  const double wide = std::max(2.0, x_of(window.end) - from);
  add(R"(<rect class="told" x="{0:.1f}" y="{1:.1f}" width="{2:.1f}" height="{3}"/><rect class="tell" x="{0:.1f}" y="{4:.1f}" width="{2:.1f}" height="4"/>)",
      from, top_, wide, panel_height, top_ - 4);
}

/// The columns in which windows were found, or the others: two paths each.
void Drawing::draw_series(const std::vector<Slice>& all, bool found) {
  std::string range;
  std::string mean;
  bool connected = false;
  for (std::size_t x = 0; x < all.size(); ++x) {
    const Slice& slice = all[x];
    if (slice.count == 0) continue;
    if (slice.found != found) {
      connected = false;
      continue;
    }
    const double at = left + static_cast<double>(x) + 0.5;
    fmt::format_to(std::back_inserter(range), "M{:.1f} {:.1f}V{:.1f}", at, y_of(slice.max),
                   y_of(slice.min) + 0.5);
    fmt::format_to(std::back_inserter(mean), "{}{:.1f} {:.1f}", connected ? "L" : "M", at, y_of(slice.mean));
    connected = true;
  }
  if (range.empty()) return;
  const char* const odd = found ? " odd" : "";
  add(R"(<path class="range{}" d="{}" fill="none" stroke-width="1.05"/>)", odd, range);
  add(R"(<path class="mean{}" d="{}" fill="none" stroke-width="{}" stroke-linecap="round"/>)", odd, mean,
      found ? 1.6 : 1.2);
}

/// One label for each run of windows that touch; one that would run into its
/// neighbour is left out, its bar stays.
void Drawing::draw_labels(const Panel& panel) {
  constexpr double letter = 7.2;  // of this size, on average
  double free_from = left - 20;
  const double free_to = width - right - 9 * static_cast<double>(panel.name.size() + panel.unit.size()) - 8;
  for (std::size_t i = 0; i < panel.found.size();) {
    std::size_t last = i;
    while (last + 1 < panel.found.size() && panel.found[last + 1].begin <= panel.found[last].end) ++last;
    std::string text = brief_time(panel.found[i].end, begin_, end_);
    if (last > i) text += " to " + brief_time(panel.found[last].end, begin_, end_);
    const double half = letter * static_cast<double>(text.size()) / 2;
    const double middle =
        std::max((x_of(panel.found[i].begin) + x_of(panel.found[last].end)) / 2, left + half - 20);
    i = last + 1;
    if (middle - half < free_from || middle + half > free_to) continue;
    free_from = middle + half + 6;
    add(R"(<text class="label" x="{:.1f}" y="{:.1f}" font-size="12" font-weight="600" text-anchor="middle">{}</text>)",
        middle, top_ - 9, text);
  }
}

void Drawing::draw_times(double y) {
  y += 6;
  add(R"(<line class="axis" x1="{:.0f}" x2="{:.0f}" y1="{:.1f}" y2="{:.1f}"/>)", left, width - right, y, y);
  for (const TimeMark& mark : time_marks(begin_, end_, 13)) {
    add(R"(<line class="axis" x1="{0:.1f}" x2="{0:.1f}" y1="{1:.1f}" y2="{2:.1f}"/><text class="faint" x="{0:.1f}" y="{3:.1f}" font-size="11" text-anchor="middle">{4}</text>)",
        x_of(mark.at), y, y + 5, y + 19, mark.text);
  }
}

}  // namespace

std::string draw(const Picture& picture) { return Drawing(picture).draw(); }

}  // namespace oddity::demo
