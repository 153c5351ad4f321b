#include "evaluate/curve.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "base/in_parallel.hpp"

namespace oddity::evaluate {
namespace {

constexpr std::size_t steps = 100;
constexpr double largest_share = 0.25;
constexpr double smallest_share = 1e-6;

/// The scores of each threshold, of one series.
std::vector<EventScore> scores_of(const JudgedSeries& judged, const EventRule& rule, AlarmRule alarms,
                                  std::span<const double> thresholds) {
  std::vector<EventScore> scores;
  for (const double threshold : thresholds) {
    alarms.threshold = threshold;
    scores.push_back(score_events(judged.series, judged.windows, rule, alarms));
    scores.back().delays.clear();
  }
  return scores;
}

class Points {
 public:
  Points(std::string name, std::span<const double> thresholds) : with_events_(0) {
    curve_.name = std::move(name);
    for (const double threshold : thresholds) curve_.points.push_back({threshold, {}, 0});
  }
  void add(std::span<const EventScore> scores) {
    if (!scores.empty() && scores[0].events != 0) ++with_events_;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      curve_.points[i].events.add(scores[i]);
      if (scores[i].events != 0) curve_.points[i].macro += scores[i].recall();
    }
  }
  Curve finish() && {
    for (CurvePoint& point : curve_.points) {
      point.macro = with_events_ == 0 ? std::numeric_limits<double>::quiet_NaN()
                                      : point.macro / static_cast<double>(with_events_);
    }
    return std::move(curve_);
  }

 private:
  Curve curve_;
  std::size_t with_events_;
};

}  // namespace

std::vector<double> thresholds_of(std::span<const JudgedSet> sets, double usual) {
  std::vector<double> all;
  for (const JudgedSet& set : sets) {
    for (const JudgedSeries& judged : set.series) {
      for (const JudgedWindow& window : judged.windows) {
        if (!std::isnan(window.score)) all.push_back(window.score);
      }
    }
  }
  std::vector<double> thresholds{usual};
  const auto count = static_cast<double>(all.size());
  auto end = all.end();
  // From the largest share down, so that each step has fewer to look through.
  for (std::size_t i = 0; i < steps && end != all.begin(); ++i) {
    const double share = largest_share * std::pow(smallest_share / largest_share,
                                                  static_cast<double>(i) / static_cast<double>(steps - 1));
    const auto rank = std::min(static_cast<std::ptrdiff_t>(share * count), end - all.begin() - 1);
    std::nth_element(all.begin(), all.begin() + rank, end, std::greater<>());
    thresholds.push_back(all[static_cast<std::size_t>(rank)]);
    end = all.begin() + rank + 1;
  }
  std::sort(thresholds.begin(), thresholds.end(), std::greater<>());
  thresholds.erase(std::unique(thresholds.begin(), thresholds.end()), thresholds.end());
  return thresholds;
}

std::vector<Curve> curves_of(std::span<const JudgedSet> sets, const Rules& rules,
                             std::span<const double> thresholds, std::size_t threads) {
  std::vector<Curve> curves;
  Points together("all", thresholds);
  for (const JudgedSet& set : sets) {
    std::vector<std::vector<EventScore>> scores(set.series.size());
    in_parallel(set.series.size(), threads, [&](std::size_t i) {
      const EventRule rule{skipped_rows(set.series[i].series, set.layout, rules)};
      scores[i] = scores_of(set.series[i], rule, rules.alarms, thresholds);
    });
    Points points(set.name, thresholds);
    for (const auto& series : scores) {
      points.add(series);
      together.add(series);
    }
    curves.push_back(std::move(points).finish());
  }
  if (sets.size() > 1) curves.push_back(std::move(together).finish());
  return curves;
}

const CurvePoint* best_f1(const Curve& curve) noexcept {
  const CurvePoint* best = nullptr;
  for (const CurvePoint& point : curve.points) {
    const double f1 = point.events.f1();
    if (!std::isnan(f1) && (best == nullptr || f1 > best->events.f1())) best = &point;
  }
  return best;
}

}  // namespace oddity::evaluate
