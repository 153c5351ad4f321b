// Fuzzes what a detector makes of a saved state: restore, then evaluate, update and
// snapshot. One target a detector.
//
// Input: which size of history, and which version the state is of; how many numbers a window has, those
// numbers, then the state.
//
// Holds, beside the laws of oddity/detector.hpp:
// - a refusal says why; an accepted state takes memory in proportion;
// - restore(snapshot(x)) gives the same bytes again, and behaves as x to the last bit;
// - evaluate changes nothing; a p-value is in [0, 1] or absent with an outcome that
//   says why; no output is infinite;
// - only numbers whose squares leave the doubles are "undefined";
// - above and below are each other's complement.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <type_traits>
#include <vector>

#include "detectors.hpp"
#include "fuzz.hpp"
#include "support/abi_window.hpp"

namespace oddity::fuzz {

/// A window later than all that are learned.
constexpr std::int64_t later = 1'000'000;

inline oddity_evaluation evaluate(const plugin::Detector& detector, const std::vector<double>& values,
                                  std::int32_t direction = ODDITY_BOTH) {
  const test::AbiWindow window(values, values.size(), later);
  const oddity_question question{sizeof question, direction, 0.01};
  oddity_evaluation evaluation{};
  evaluation.struct_size = sizeof evaluation;
  evaluation.p = std::numeric_limits<double>::quiet_NaN();
  detector.evaluate(window.abi(), question, evaluation);
  return evaluation;
}

inline std::string snapshot(const plugin::Detector& detector) {
  std::string state;
  detector.snapshot(state);
  return state;
}

inline bool same_bits(const oddity_evaluation& a, const oddity_evaluation& b) {
  const auto same = [](double x, double y) {
    return (std::isnan(x) && std::isnan(y)) ||
           std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
  };
  return a.outcome == b.outcome && same(a.p, b.p) && same(a.outputs[0], b.outputs[0]) &&
         same(a.effect, b.effect) && same(a.observed, b.observed) && same(a.expected, b.expected) &&
         same(a.lower, b.lower) && same(a.upper, b.upper);
}

/// Neither their squares nor those of their differences overflow or vanish.
inline bool ordinary(double value) {
  return value == 0 || (std::abs(value) > 1e-100 && std::abs(value) < 1e100);
}

/// The samples stand at the end of the states of our detectors, those of a version 1 above all.
inline bool all_ordinary(std::string_view state, const std::vector<double>& values) {
  bool all = std::all_of(values.begin(), values.end(), ordinary);
  for (std::size_t at = state.size() % sizeof(double); all && at < state.size(); at += sizeof(double)) {
    double sample = 0;
    std::memcpy(&sample, state.data() + at, sizeof sample);
    if (at >= 24) all = ordinary(sample);
  }
  return all;
}

/// One value has no spread.
template <class D>
constexpr bool judges_one_value = !std::is_same_v<D, plugins::Variance>;

/// Whether what is not odd above is odd below. A detector that is judged by the largest of several rows, or by
/// their rank, says more of either side.
template <class D>
constexpr bool tails_are_complements =
    !std::is_same_v<D, plugins::Jump> && !std::is_same_v<D, plugins::Seasonal> &&
    !std::is_same_v<D, plugins::Novelty>;

/// Data that were far above and are far below have both sums high.
template <class D>
constexpr bool has_two_statistics = std::is_same_v<D, plugins::Cusum>;

inline void check_laws(const oddity_evaluation& found) {
  require(std::isnan(found.p) || (found.p >= 0 && found.p <= 1), "a p-value is in [0, 1] or absent");
  require(!std::isnan(found.p) || found.outcome != ODDITY_JUDGED, "without a p-value the outcome says why");
  for (const double value :
       {found.observed, found.expected, found.lower, found.upper, found.effect, found.outputs[0]})
    require(!std::isinf(value), "no answer is infinite");
}

template <class D>
void check_directions(const plugin::Detector& detector, const std::vector<double>& values) {
  const oddity_evaluation both = evaluate(detector, values);
  if (both.outcome != ODDITY_JUDGED) return;
  const oddity_evaluation above = evaluate(detector, values, ODDITY_ABOVE);
  const oddity_evaluation below = evaluate(detector, values, ODDITY_BELOW);
  check_laws(above);
  check_laws(below);
  if (!tails_are_complements<D>) return;
  // A statistic that has bounds is continuous; of others a value itself is on both sides.
  require(above.p + below.p > 1 - 1e-9 || has_two_statistics<D>, "above and below leave nothing out");
  if ((D::description.offers & offers_bounds) != 0)
    require(above.p + below.p < 1 + 1e-9, "above and below are complements");
  require(both.p >= std::min(above.p, below.p), "both tails are no less than one");
}

/// The window as the numbers of the input, those that no column holds replaced.
inline std::vector<double> window_of(Input& input) {
  std::vector<double> values(1 + input.number<std::uint8_t>() % 64);
  for (double& value : values) {
    value = input.number<double>();
    if (!std::isfinite(value)) value = 7;
  }
  return values;
}

template <class D>
void check_snapshot(Input input) {
  constexpr std::array<std::int64_t, 8> sizes{2, 3, 50, 127, 128, 129, 300, 1000};
  constexpr std::uint32_t newest = D::description.state_version;
  const auto chosen = input.number<std::uint8_t>();
  const auto algorithm = fuzz::algorithm<D>(sizes[chosen % sizes.size()]);
  const auto version = static_cast<std::uint32_t>(1 + chosen / sizes.size() % newest);
  const std::vector<double> values = window_of(input);
  plugin::Detector detector(*algorithm, 1);
  std::string why;
  const Held held;
  if (!detector.restore(input.rest(), version, why)) return require(!why.empty(), "a refusal says why");
  require_proportion(held, input.rest().size(), 4);
  // A newer state holds moments, which can be of anything.
  const bool began_ordinary = version == 1 && all_ordinary(input.rest(), values);

  plugin::Detector again(*algorithm, 1);
  for (int turn = 0; turn < 6; ++turn) {
    const std::string state = snapshot(detector);
    require(again.restore(state, newest, why), "what a snapshot wrote is restored");
    require(snapshot(again) == state, "and gives the same bytes again");

    const oddity_evaluation found = evaluate(detector, values);
    check_laws(found);
    const bool too_few = values.size() == 1 && !judges_one_value<D>;
    require(found.outcome != ODDITY_UNDEFINED || too_few ||
                !(newest == 1 ? all_ordinary(state, values) : began_ordinary),
            "ordinary numbers are not undefined");
    require(same_bits(found, evaluate(again, values)), "a restored detector answers the same");
    if constexpr ((D::description.directions & serves_above) != 0) check_directions<D>(detector, values);
    require(snapshot(detector) == state, "evaluate changes nothing");

    const test::AbiWindow window(values, turn % 2 == 0 ? values.size() : values.size() / 2, 100 * turn);
    detector.update(window.abi(), turn != 3);
    again.update(window.abi(), turn != 3);
    require(snapshot(detector) == snapshot(again), "and learns the same");
  }
}

}  // namespace oddity::fuzz
