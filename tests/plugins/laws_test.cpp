// The laws of detector.hpp, for each of our detectors.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <type_traits>

#include "instance.hpp"
#include "own_classes.hpp"

namespace oddity::plugins {
namespace {

template <class D>
class Laws : public testing::Test {};
TYPED_TEST_SUITE(Laws, OwnClasses<testing::Types>);

/// Tests of spread are excepted from law 6: negated data are as wide.
template <class D>
constexpr bool is_of_spread = std::is_same_v<D, Variance>;

std::vector<double> any_window() {
  std::vector<double> values(*rc::gen::inRange<std::size_t>(1, 60));
  const double scale = *rc::gen::element(1e-3, 1.0, 1e6, 1e200);
  for (double& value : values) value = scale * *rc::gen::inRange(-50, 50);
  return values;
}

bool same_bits(const oddity_evaluation& a, const oddity_evaluation& b) {
  const auto bits = [](double value) { return std::isnan(value) ? 0 : std::bit_cast<std::uint64_t>(value); };
  return bits(a.p) == bits(b.p) && bits(a.outputs[0]) == bits(b.outputs[0]) &&
         bits(a.effect) == bits(b.effect) && bits(a.lower) == bits(b.lower) &&
         bits(a.upper) == bits(b.upper) && a.outcome == b.outcome;
}

void expect_holds(const std::function<void()>& property) { EXPECT_TRUE(rc::check(property)); }

TYPED_TEST(Laws, EvaluateChangesNothing) {
  expect_holds([] {
    test::Instance<TypeParam> detector(100);
    for (int i = 0; i < 5; ++i) {
      const std::vector<double> window = any_window();
      const std::string before = detector.snapshot();
      const oddity_evaluation first = detector.evaluate(window);
      detector.evaluate(any_window());
      RC_ASSERT(same_bits(first, detector.evaluate(window)));
      RC_ASSERT(detector.snapshot() == before);
      detector.learn(window);
    }
  });
}

TYPED_TEST(Laws, ARestoredDetectorBehavesAsTheSavedOne) {
  expect_holds([] {
    const auto size = *rc::gen::inRange<std::int64_t>(2, 400);
    test::Instance<TypeParam> detector(size);
    for (int i = *rc::gen::inRange(0, 10); i > 0; --i) detector.learn(any_window());
    const std::string state = detector.snapshot();
    test::Instance<TypeParam> again(size);
    RC_ASSERT(again.restore(state));
    again.go_on_after(detector);
    RC_ASSERT(again.snapshot() == state);
    for (int i = 0; i < 8; ++i) {
      const std::vector<double> window = any_window();
      RC_ASSERT(same_bits(detector.evaluate(window), again.evaluate(window)));
      detector.learn(window);
      again.learn(window);
    }
    RC_ASSERT(again.snapshot() == detector.snapshot());
  });
}

TYPED_TEST(Laws, APValueIsInRangeOrAbsentAndNothingIsInfinite) {
  expect_holds([] {
    test::Instance<TypeParam> detector(50);
    for (int i = 0; i < 10; ++i) {
      const std::vector<double> window = any_window();
      const oddity_evaluation found = detector.evaluate(window);
      RC_ASSERT(std::isnan(found.p) || (found.p >= 0 && found.p <= 1));
      RC_ASSERT(!std::isnan(found.p) || found.outcome != ODDITY_JUDGED);
      RC_ASSERT(!std::isinf(found.outputs[0]));
      detector.learn(window);
    }
  });
}

std::string_view missing(const oddity_evaluation& found, const Description& description) {
  for (std::size_t i = 0; i < description.outputs.size(); ++i)
    if (std::isnan(found.outputs[i])) return description.outputs[i].name;
  if ((description.offers & offers_observed) != 0 && std::isnan(found.observed)) return "observed";
  if ((description.offers & offers_expected) != 0 && std::isnan(found.expected)) return "expected";
  if ((description.offers & offers_bounds) != 0 && std::isnan(found.lower)) return "lower";
  if ((description.offers & offers_bounds) != 0 && std::isnan(found.upper)) return "upper";
  if ((description.offers & offers_effect) != 0 && std::isnan(found.effect)) return "effect";
  return "";
}

/// Of constants, steps, single values, subnormal and huge ones, in any order.
TYPED_TEST(Laws, AJudgedWindowHasEveryDeclaredField) {
  const auto value = [] {
    return *rc::gen::element(0.0, -0.0, 5.0, 5.0, 60.0, -5.0, 0.1, 1e15, 1e15 + 1, 1e-310, 3e-160, 1e153,
                             -1e153, 1e300, 1.7e308, -1.7e308);
  };
  expect_holds([&] {
    test::Instance<TypeParam> detector(30);
    for (int i = 0; i < 12; ++i) {
      std::vector<double> window(*rc::gen::inRange<std::size_t>(1, 6));
      const bool constant = *rc::gen::inRange(0, 3) != 0;
      for (double& each : window) each = constant && &each != window.data() ? window.front() : value();
      const oddity_evaluation found = detector.evaluate(window);
      if (!std::isnan(found.p)) RC_ASSERT(missing(found, TypeParam::description) == "");
      for (const double number :
           {found.observed, found.expected, found.lower, found.upper, found.effect, found.outputs[0]})
        RC_ASSERT(!std::isinf(number));
      if (!std::isnan(found.p)) RC_ASSERT(!(found.lower > found.upper));
      if (*rc::gen::inRange(0, 2) != 0) detector.learn(window);
    }
  });
}

/// Found by fuzzing: the mean of the largest doubles overflows, and the detector lost its history for it.
TYPED_TEST(Laws, WhatOverflowsIsAbsent) {
  constexpr double max = std::numeric_limits<double>::max();
  const std::vector<double> huge{max, 0.9 * max, max};
  const std::vector<double> apart{-max, 0.9 * max, max};
  test::Instance<TypeParam> detector(50);
  for (int i = 0; i < 8; ++i) {
    for (const auto& window : {std::vector<double>{20, 21, 19}, huge, apart}) {
      const oddity_evaluation found = detector.evaluate(window);
      for (const double value :
           {found.observed, found.expected, found.lower, found.upper, found.effect, found.outputs[0]})
        EXPECT_FALSE(std::isinf(value));
      if (i % 2 == 1) detector.learn(window);
    }
  }
}

TYPED_TEST(Laws, NegatedDataSwapsAboveAndBelow) {
  if ((TypeParam::description.directions & serves_above) == 0) GTEST_SKIP() << "serves both only";
  if (is_of_spread<TypeParam>) GTEST_SKIP() << "a test of spread";
  expect_holds([] {
    test::Instance<TypeParam> detector(100), mirrored(100);
    const auto negated = [](std::vector<double> values) {
      for (double& value : values) value = -value;
      return values;
    };
    for (int i = 0; i < 5; ++i) {
      const std::vector<double> window = any_window();
      RC_ASSERT(
          same_bits({0, 0, detector.evaluate(window, ODDITY_ABOVE).p, 0, 0, 0, 0, 0, 0, {}, 0},
                    {0, 0, mirrored.evaluate(negated(window), ODDITY_BELOW).p, 0, 0, 0, 0, 0, 0, {}, 0}));
      detector.learn(window);
      mirrored.learn(negated(window));
    }
  });
}

TYPED_TEST(Laws, ADamagedStateIsRefusedOrHarmless) {
  test::Instance<TypeParam> detector(40);
  for (int i = 0; i < 5; ++i) detector.learn({1, 2, 3, 4, 5, 6, 7, 8, 9});
  const std::string state = detector.snapshot();
  for (std::size_t cut = 0; cut < state.size(); ++cut) {
    test::Instance<TypeParam> again(40);
    EXPECT_FALSE(again.restore(state.substr(0, cut))) << cut;
  }
  for (std::size_t bit = 0; bit < state.size() * 8; ++bit) {
    std::string damaged = state;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
    test::Instance<TypeParam> again(40);
    if (!again.restore(damaged)) continue;
    const oddity_evaluation found = again.evaluate({1, 2, 3});
    EXPECT_TRUE(std::isnan(found.p) || (found.p >= 0 && found.p <= 1));
    again.learn({1, 2, 3});
  }
}

/// Under the null a p-value is uniform: of many windows of the same noise about a tenth lies below 0.1.
TYPED_TEST(Laws, PValuesAreUniformUnderTheNull) {
  test::Instance<TypeParam> detector(3000);
  std::uint64_t state = 7;
  const auto noise = [&] {  // a sum of twelve uniform numbers
    double sum = -6;
    for (int i = 0; i < 12; ++i) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      sum += static_cast<double>(state >> 11) * 0x1p-53;
    }
    return sum;
  };
  std::vector<double> window(30);
  int below = 0, judged = 0;
  for (int i = 0; i < 2000; ++i) {
    for (double& value : window) value = noise();
    const double p = detector.evaluate(window).p;
    if (i > 150) {
      ++judged;
      below += p < 0.1 ? 1 : 0;
    }
    detector.learn(window);
  }
  EXPECT_NEAR(static_cast<double>(below) / judged, 0.1, 0.025);
}

}  // namespace
}  // namespace oddity::plugins
