// The results as a table.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include "evaluate/report.hpp"
#include "options/parse.hpp"

namespace oddity::evaluate {
namespace {

constexpr std::int64_t second = 1'000'000'000;

std::string number(double value, int digits) {
  return std::isnan(value) ? "-" : fmt::format("{:.{}f}", value, digits);
}

/// As wide as their widest text; the first to the left, all others to the right.
class Columns {
 public:
  explicit Columns(std::vector<std::string> header) { add(std::move(header)); }
  void add(std::vector<std::string> cells) {
    widths_.resize(std::max(widths_.size(), cells.size()));
    for (std::size_t i = 0; i < cells.size(); ++i) widths_[i] = std::max(widths_[i], cells[i].size());
    lines_.push_back(std::move(cells));
  }
  /// Nothing where there is only a header.
  std::string text() const {
    std::string out;
    if (lines_.size() == 1) return out;
    for (const auto& cells : lines_) {
      fmt::format_to(std::back_inserter(out), "{:<{}}", cells[0], widths_[0]);
      for (std::size_t i = 1; i < cells.size(); ++i)
        fmt::format_to(std::back_inserter(out), "  {:>{}}", cells[i], widths_[i]);
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

void add_best(Columns& columns, const Curve& curve) {
  const CurvePoint* const best = best_f1(curve);
  if (best == nullptr) return;
  const EventScore& score = best->events;
  columns.add({curve.name, fmt::format("{:.6g}", best->threshold),
               fmt::format("{}/{}", score.found, score.events), number(score.recall(), 2),
               number(best->macro, 2), std::to_string(score.false_alarms),
               number(score.false_alarms_a_week(), 2), number(score.precision(), 2), number(score.f1(), 2)});
}

void add_nab(Columns& columns, const SetResult& set) {
  if (!set.nab) return;
  const auto add = [&](const std::string& what, const NabScores& scores) {
    columns.add({set.name, what, number(scores[0], 2), number(scores[1], 2), number(scores[2], 2)});
  };
  const auto add_thresholds = [&](const NabScores& at) {
    columns.add({set.name, "at", fmt::format("{:.6g}", at[0]), fmt::format("{:.6g}", at[1]),
                 fmt::format("{:.6g}", at[2])});
  };
  add("odd rows", set.nab->at_threshold);
  add("alarms", set.nab->alarms);
  add("odd rows, best thresholds", set.nab->best.scores);
  add_thresholds(set.nab->best.thresholds);
  add("alarms, best thresholds", set.nab->best_alarms.scores);
  add_thresholds(set.nab->best_alarms.thresholds);
}

void add_ucr(Columns& columns, const SetResult& set) {
  if (!set.ucr) return;
  columns.add({set.name, fmt::format("{}/{}", set.ucr->right, set.ucr->series),
               number(static_cast<double>(set.ucr->right) / static_cast<double>(set.ucr->series), 2)});
}

}  // namespace

std::string table(const Report& report, bool by_series) {
  Columns events({fmt::format("threshold {:.6g}", report.alarms.threshold), "series", "rows", "weeks",
                  "found", "recall", "macro", "false", "a week", "precision", "F1", "delay/rows", "delay",
                  "odd outside/%"});
  Columns best({"best F1", "threshold", "found", "recall", "macro", "false", "a week", "precision", "F1"});
  Columns nab({"NAB", "of", "standard", "low FP", "low FN"});
  Columns ucr({"UCR", "right", "share"});
  const auto add = [&](const SetResult& set) {
    events.add(event_cells(set.name, set.events, set.macro));
    add_nab(nab, set);
    add_ucr(ucr, set);
  };
  for (const SetResult& set : report.sets) {
    for (const SeriesResult& one : set.series) {
      if (by_series) events.add(event_cells(set.name + " " + one.name, one.events, one.events.recall()));
    }
    add(set);
  }
  if (report.all) add(*report.all);
  for (const Curve& curve : report.curves) add_best(best, curve);
  std::string text = report.judged_by + '\n';
  for (const Columns* const part : {&events, &best, &nab, &ucr}) {
    if (const std::string lines = part->text(); !lines.empty()) text += '\n' + lines;
  }
  return text;
}

}  // namespace oddity::evaluate
