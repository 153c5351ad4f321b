#include "evaluate/evaluation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "evaluate/ucr_rule.hpp"

namespace oddity::evaluate {
namespace {

constexpr std::size_t usual_skip = 1440;

double macro_recall(std::span<const SeriesResult> series) {
  double sum = 0;
  std::size_t with_events = 0;
  for (const SeriesResult& one : series) {
    if (one.events.events == 0) continue;
    sum += one.events.recall();
    ++with_events;
  }
  return with_events == 0 ? std::numeric_limits<double>::quiet_NaN() : sum / static_cast<double>(with_events);
}

std::vector<JudgedWindow> alarms_of(const JudgedSeries& judged, const AlarmRule& rule) {
  std::vector<JudgedWindow> raised;
  Alarms alarms(rule);
  for (const JudgedWindow& window : judged.windows) {
    if (alarms.raises(window.score, judged.series.times[window.last])) raised.push_back(window);
  }
  return raised;
}

/// Calls `each(series)` for every series of the sets that are in NAB's layout.
template <class Each>
void each_of_nab(std::span<const JudgedSet> sets, const Each& each) {
  for (const JudgedSet& set : sets) {
    if (set.layout != Layout::nab) continue;
    for (const JudgedSeries& judged : set.series) each(judged);
  }
}

NabScores score_alarms(std::span<const JudgedSet> sets, const AlarmRule& rule) {
  NabScore score;
  each_of_nab(sets, [&](const JudgedSeries& judged) { score.add(judged.series, alarms_of(judged, rule)); });
  return score.at(rule.threshold);
}

NabBest best_alarms(std::span<const JudgedSet> sets, AlarmRule rule, std::span<const double> thresholds) {
  NabBest best;
  best.thresholds.fill(std::numeric_limits<double>::infinity());
  for (const double threshold : thresholds) {
    rule.threshold = threshold;
    const NabScores scores = score_alarms(sets, rule);
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if (scores[i] <= best.scores[i]) continue;
      best.scores[i] = scores[i];
      best.thresholds[i] = threshold;
    }
  }
  return best;
}

std::optional<NabResult> nab_result(std::span<const JudgedSet> sets, const Rules& rules,
                                    std::span<const double> thresholds) {
  NabScore rows;
  each_of_nab(sets, [&](const JudgedSeries& judged) { rows.add(judged.series, judged.windows); });
  if (rows.events() == 0) return std::nullopt;
  return NabResult{rows.at(rules.alarms.threshold), score_alarms(sets, rules.alarms), rows.best(),
                   best_alarms(sets, rules.alarms, thresholds)};
}

std::optional<UcrResult> ucr_result(std::span<const SeriesResult> series) {
  UcrResult result;
  for (const SeriesResult& one : series) {
    if (!one.ucr_right) return std::nullopt;
    ++result.series;
    result.right += *one.ucr_right ? 1 : 0;
  }
  return result.series == 0 ? std::nullopt : std::optional(result);
}

}  // namespace

std::size_t skipped_rows(const LabelledSeries& series, Layout layout, const Rules& rules) noexcept {
  if (rules.skip) return *rules.skip;
  if (layout == Layout::nab) return nab_probation(series.rows());
  return series.train.value_or(usual_skip);
}

SetResult result_of(const JudgedSet& set, const Rules& rules, std::span<const double> thresholds) {
  SetResult result;
  result.name = set.name;
  for (const JudgedSeries& judged : set.series) {
    const EventRule rule{skipped_rows(judged.series, set.layout, rules)};
    SeriesResult& one = result.series.emplace_back();
    one.name = judged.series.name;
    one.events = score_events(judged.series, judged.windows, rule, rules.alarms);
    if (has_ucr_rule(judged.series)) one.ucr_right = ucr_right(judged.series, judged.windows);
    result.events.add(one.events);
  }
  result.macro = macro_recall(result.series);
  result.nab = nab_result(std::span(&set, 1), rules, thresholds);
  result.ucr = ucr_result(result.series);
  return result;
}

SetResult result_of_all(std::span<const JudgedSet> sets, std::span<const SetResult> results,
                        const Rules& rules, std::span<const double> thresholds) {
  SetResult all;
  all.name = "all";
  std::vector<SeriesResult> series;
  UcrResult ucr;
  for (const SetResult& result : results) {
    series.insert(series.end(), result.series.begin(), result.series.end());
    all.events.add(result.events);
    ucr.series += result.ucr ? result.ucr->series : 0;
    ucr.right += result.ucr ? result.ucr->right : 0;
  }
  all.macro = macro_recall(series);
  all.nab = nab_result(sets, rules, thresholds);
  if (ucr.series != 0) all.ucr = ucr;
  return all;
}

}  // namespace oddity::evaluate
