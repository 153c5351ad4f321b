#include "evaluate/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <vector>

#include "options/parse.hpp"

namespace oddity::evaluate {
namespace {

constexpr std::int64_t second = 1'000'000'000;

std::string number(double value, int digits) {
  return std::isnan(value) ? "-" : fmt::format("{:.{}f}", value, digits);
}

/// Columns as wide as their widest text; the first to the left, all others to the right.
class Columns {
 public:
  explicit Columns(std::vector<std::string> header) { add(std::move(header)); }
  void add(std::vector<std::string> cells) {
    widths_.resize(std::max(widths_.size(), cells.size()));
    for (std::size_t i = 0; i < cells.size(); ++i) widths_[i] = std::max(widths_[i], cells[i].size());
    lines_.push_back(std::move(cells));
  }
  std::string text() const {
    std::string out;
    for (const auto& cells : lines_) {
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i == 0) {
          fmt::format_to(std::back_inserter(out), "{:<{}}", cells[i], widths_[i]);
        } else {
          fmt::format_to(std::back_inserter(out), "  {:>{}}", cells[i], widths_[i]);
        }
      }
      out += '\n';
    }
    return out;
  }

 private:
  std::vector<std::vector<std::string>> lines_;
  std::vector<std::size_t> widths_;
};

std::vector<std::string> event_cells(const std::string& name, const EventScore& score, double macro) {
  const Delay delay = score.median_delay();
  return {name,
          std::to_string(score.series),
          std::to_string(score.rows),
          number(score.weeks, score.weeks < 0.1 ? 4 : 1),
          fmt::format("{}/{}", score.found, score.events),
          number(score.recall(), 2),
          number(macro, 2),
          std::to_string(score.false_alarms),
          number(score.false_alarms_a_week(), 2),
          number(score.precision(), 2),
          number(score.f1(), 2),
          score.found == 0 ? "-" : std::to_string(delay.rows),
          score.found == 0 ? "-" : options::print_duration(delay.time / second * second),
          number(100 * score.odd_share_outside(), 2)};
}

std::vector<std::string> nab_cells(const std::string& name, const std::string& which,
                                   const NabScores& scores) {
  return {name, which, number(scores[0], 2), number(scores[1], 2), number(scores[2], 2)};
}

void add_nab(Columns& columns, const SetResult& set) {
  if (!set.nab) return;
  columns.add(nab_cells(set.name, "odd rows", set.nab->at_threshold));
  columns.add(nab_cells(set.name, "alarms", set.nab->alarms));
  columns.add(nab_cells(set.name, "best threshold", set.nab->best.scores));
  const NabScores& at = set.nab->best.thresholds;
  columns.add({set.name, "which is", fmt::format("{:.4g}", at[0]), fmt::format("{:.4g}", at[1]),
               fmt::format("{:.4g}", at[2])});
}

}  // namespace

std::string table(std::span<const SetResult> sets, const SetResult& all, bool by_series) {
  Columns events({"events", "series", "rows", "weeks", "found", "recall", "macro", "false", "a week",
                  "precision", "F1", "delay/rows", "delay", "odd outside/%"});
  Columns nab({"NAB", "of", "standard", "low FP", "low FN"});
  Columns ucr({"UCR", "right"});
  const auto add = [&](const SetResult& set) {
    events.add(event_cells(set.name, set.events, set.macro));
    add_nab(nab, set);
    if (set.ucr)
      ucr.add({set.name, fmt::format("{}/{}", set.ucr->right, set.ucr->series),
               number(static_cast<double>(set.ucr->right) / static_cast<double>(set.ucr->series), 2)});
  };
  bool any_nab = false;
  bool any_ucr = false;
  for (const SetResult& set : sets) {
    if (by_series) {
      for (const SeriesResult& one : set.series)
        events.add(event_cells(set.name + " " + one.name, one.events, one.events.recall()));
    }
    add(set);
    any_nab = any_nab || set.nab;
    any_ucr = any_ucr || set.ucr;
  }
  if (sets.size() > 1) add(all);
  std::string text = events.text();
  if (any_nab) text += '\n' + nab.text();
  if (any_ucr) text += '\n' + ucr.text();
  return text;
}

}  // namespace oddity::evaluate
