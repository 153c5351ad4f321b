#include "evaluate/nab_score.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace oddity::evaluate {
namespace {

double sigma(double y) noexcept { return y > 3 ? -1 : 2 / (1 + std::exp(5 * y)) - 1; }

double place_in(const Event& event, std::size_t row) noexcept {
  return -static_cast<double>(event.end - row) / static_cast<double>(event.end - event.begin);
}

/// An event of a single row has no length to measure by.
double place_behind(const Event& event, std::size_t row) noexcept {
  const double distance = static_cast<double>(row - (event.end - 1));
  const double length = static_cast<double>(event.end - event.begin) - 1;
  return length == 0 ? std::numeric_limits<double>::infinity() : distance / length;
}

/// The raw score while ever more detections count.
class Sum {
 public:
  Sum(const NabProfile& profile, std::size_t events)
      : profile_(profile),
        best_(events, -profile.miss),
        total_(-profile.miss * static_cast<double>(events)) {}

  void add(double worth, std::int64_t event) {
    if (event < 0) {
      total_ += worth * profile_.false_alarm;
      return;
    }
    double& best = best_[static_cast<std::size_t>(event)];
    const double hit = worth * profile_.hit;
    if (hit <= best) return;
    total_ += hit - best;
    best = hit;
  }
  double total() const noexcept { return total_; }

 private:
  const NabProfile& profile_;
  std::vector<double> best_;
  double total_;
};

}  // namespace

std::size_t nab_probation(std::size_t rows) noexcept { return std::min(rows * 15 / 100, std::size_t{750}); }

void NabScore::add(const LabelledSeries& series, std::span<const JudgedWindow> windows) {
  const std::size_t probation = nab_probation(series.rows());
  std::vector<std::int64_t> numbers(series.events.size(), -1);
  for (std::size_t i = 0; i < series.events.size(); ++i) {
    if (series.events[i].end > probation) numbers[i] = static_cast<std::int64_t>(events_++);
  }
  const double whole = sigma(-1);
  std::size_t next = 0;  // the first event that begins behind the row
  for (const JudgedWindow& window : windows) {
    const std::size_t row = window.last;
    if (row < probation || std::isnan(window.score)) continue;
    while (next < series.events.size() && series.events[next].begin <= row) ++next;
    if (next == 0) {
      detections_.push_back({window.score, -1, -1});
      continue;
    }
    const Event& event = series.events[next - 1];
    if (row < event.end) {
      detections_.push_back({window.score, sigma(place_in(event, row)) / whole, numbers[next - 1]});
    } else {
      detections_.push_back({window.score, sigma(place_behind(event, row)), -1});
    }
  }
}

double NabScore::normal(double raw, const NabProfile& profile) const noexcept {
  if (events_ == 0) return std::numeric_limits<double>::quiet_NaN();
  const auto events = static_cast<double>(events_);
  return 100 * (raw + profile.miss * events) / ((profile.hit + profile.miss) * events);
}

NabScores NabScore::at(double threshold) const {
  NabScores scores{};
  for (std::size_t i = 0; i < scores.size(); ++i) {
    Sum sum(nab_profiles[i], events_);
    for (const Detection& detection : detections_) {
      if (detection.score > threshold) sum.add(detection.worth, detection.event);
    }
    scores[i] = normal(sum.total(), nab_profiles[i]);
  }
  return scores;
}

NabBest NabScore::best() const {
  std::vector<Detection> falling = detections_;
  std::sort(falling.begin(), falling.end(), [](const Detection& one, const Detection& other) {
    if (one.score != other.score) return one.score > other.score;
    // Sums must not depend on the order in which series were added.
    return one.worth != other.worth ? one.worth > other.worth : one.event < other.event;
  });
  NabBest best;
  for (std::size_t i = 0; i < best.scores.size(); ++i) {
    Sum sum(nab_profiles[i], events_);
    double most = sum.total();
    best.thresholds[i] = std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < falling.size(); ++k) {
      sum.add(falling[k].worth, falling[k].event);
      const bool last_of_equals = k + 1 == falling.size() || falling[k + 1].score != falling[k].score;
      if (!last_of_equals || sum.total() <= most) continue;
      most = sum.total();
      best.thresholds[i] = falling[k].score;
    }
    best.scores[i] = normal(most, nab_profiles[i]);
  }
  return best;
}

}  // namespace oddity::evaluate
