#include "detect/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>

namespace oddity::detect {
namespace {

/// How many of m answers are taken for the tail: few enough to be far out, enough to know their mean excess.
double tail_weight(double answers) noexcept {
  constexpr double least = 8;
  constexpr double most = 16;
  constexpr double share = 0.02;
  return std::min(answers / 2, std::clamp(share * answers, least, most));
}

}  // namespace

double strength_of(const oddity_evaluation& answer) noexcept {
  if (!std::isnan(answer.strength)) return std::fmax(answer.strength, 0);
  constexpr double strongest = 308;  // where doubles end
  return std::isnan(answer.p) ? answer.p : std::fmin(-std::log10(answer.p), strongest) + 0.0;
}

void Calibration::add(double strength, bool anomalous) {
  held_.push_back(strength);
  if (anomalous && static_cast<double>(held_.size()) < most_held()) return;
  for (const double held : held_) answers_.add(held);
  held_.clear();
}

void Calibration::save(StateWriter& out) const {
  answers_.save(out);
  out.write(std::uint64_t{held_.size()});
  out.write(std::span<const double>(held_));
}

void Calibration::restore(StateReader& in) {
  answers_.restore(in);
  held_.resize(static_cast<std::size_t>(in.read_count(sizeof(double))));
  in.read_finite(held_);
  if (static_cast<double>(held_.size()) >= most_held())
    throw StateError("the state's anomalous windows are too many");
}

double Calibration::p(double strength) const noexcept {
  const double all = answers_.total();
  const RecentRanks::Tail tail = answers_.tail(tail_weight(all));
  if (tail.weight > 0 && strength > tail.begin) {
    constexpr double least_excess = 0.02;
    const double k = tail.weight;
    const double excess = std::fmax(tail.mean_excess, least_excess * tail.begin);
    return k / (all + 1) * std::pow(1 + (strength - tail.begin) / (k * excess), -k);
  }
  return (answers_.weight_above(strength) + 0.5) / (all + 1);
}

}  // namespace oddity::detect
