#include "page/thinned_points.hpp"

#include <algorithm>
#include <utility>

namespace oddity::page {

void Stretches::join(Stretch& into, const Stretch& other) {
  left_out_ |= into.points + other.points > 2;
  into.points += other.points;
  if (other.least.value < into.least.value) into.least = other.least;
  // Of equal ones the first is the least and the last the greatest, so that they are two points.
  if (other.greatest.value >= into.greatest.value) into.greatest = other.greatest;
}

/// Each two neighbours become one; the last one stays alone where their number is odd.
void Stretches::halve() {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < stretches_.size(); i += 2, ++kept) {
    if (kept != i) stretches_[kept] = std::move(stretches_[i]);
    if (i + 1 < stretches_.size()) join(stretches_[kept], stretches_[i + 1]);
  }
  stretches_.resize(kept);
  width_ *= 2;
}

void Stretches::add(const Point& point) {
  const Stretch one{point, point, 1};
  if (!stretches_.empty() && stretches_.back().points < width_) return join(stretches_.back(), one);
  stretches_.push_back(one);
  limit(most_);
}

void Stretches::limit(std::size_t most) {
  most_ = most;
  while (stretches_.size() > most_) halve();
}

void Stretches::append_to(std::vector<Point>& points) const {
  for (const Stretch& stretch : stretches_) {
    const bool falling = stretch.greatest.time < stretch.least.time;
    points.push_back(falling ? stretch.greatest : stretch.least);
    if (stretch.points > 1) points.push_back(falling ? stretch.least : stretch.greatest);
  }
}

ThinnedPoints::ThinnedPoints(std::size_t most) : normal_(most / 2), anomalous_(most / 4), alarms_(most / 4) {}

void ThinnedPoints::add(const Point& point) {
  ++added_;
  (point.alarm ? alarms_ : point.anomalous ? anomalous_ : normal_).add(point);
}

void ThinnedPoints::limit(std::size_t most) {
  normal_.limit(most / 2);
  anomalous_.limit(most / 4);
  alarms_.limit(most / 4);
}

std::vector<Point> ThinnedPoints::points() const {
  std::vector<Point> points;
  normal_.append_to(points);
  anomalous_.append_to(points);
  alarms_.append_to(points);
  std::stable_sort(points.begin(), points.end(),
                   [](const Point& one, const Point& other) { return one.time < other.time; });
  return points;
}

}  // namespace oddity::page
