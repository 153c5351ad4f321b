#include "oddity/rolling_moments.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <deque>
#include <limits>
#include <string>

#include "support/reference.hpp"

namespace oddity {
namespace {

std::int32_t append(void* context, const void* bytes, std::uint64_t size) {
  static_cast<std::string*>(context)->append(static_cast<const char*>(bytes), size);
  return 0;
}

std::string saved(const RollingMoments& history) {
  std::string bytes;
  const oddity_sink sink{&bytes, &append};
  StateWriter writer(sink);
  history.snapshot(writer);
  return bytes;
}

RollingMoments restored(const std::string& bytes, std::size_t capacity) {
  RollingMoments history(capacity);
  StateReader reader(std::as_bytes(std::span(bytes)));
  history.restore(reader);
  reader.expect_end();
  return history;
}

bool same_bits(const Moments& a, const Moments& b) {
  return a.count == b.count && a.mean == b.mean && a.sum_of_squares == b.sum_of_squares && a.min == b.min &&
         a.max == b.max;
}

/// Mean and sum of squares in extended precision, two passes.
Moments recomputed(const std::deque<double>& samples) {
  long double sum = 0;
  for (const double sample : samples) sum += sample;
  const long double mean = sum / static_cast<long double>(samples.size());
  long double squares = 0;
  for (const double sample : samples) squares += (sample - mean) * (sample - mean);
  const auto [min, max] = std::minmax_element(samples.begin(), samples.end());
  return {samples.size(), static_cast<double>(mean), static_cast<double>(squares), *min, *max};
}

void expect_near(const Moments& found, const Moments& expected, double tolerance = 1e-12) {
  EXPECT_EQ(found.count, expected.count);
  EXPECT_LT(test::relative_error(found.mean, expected.mean), tolerance);
  EXPECT_LT(test::relative_error(found.sum_of_squares, expected.sum_of_squares), tolerance);
  EXPECT_EQ(found.min, expected.min);
  EXPECT_EQ(found.max, expected.max);
}

/// A cheap generator of numbers about `mean`, for long runs.
class Noise {
 public:
  double next(double mean) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return mean + static_cast<double>(static_cast<std::int64_t>(state_) >> 11) * 0x1p-52;
  }

 private:
  std::uint64_t state_ = 1;
};

RC_GTEST_PROP(RollingMoments, EqualARecomputationAfterAnyBatches, ()) {
  const auto capacity = *rc::gen::inRange<std::size_t>(1, 1500);
  RollingMoments history(capacity);
  std::deque<double> model;
  Noise noise;
  const int batches = *rc::gen::inRange(1, 30);
  for (int i = 0; i < batches; ++i) {
    std::vector<double> batch(*rc::gen::inRange<std::size_t>(0, 400));
    for (double& sample : batch) sample = noise.next(20);
    history.add(batch);
    model.insert(model.end(), batch.begin(), batch.end());
    while (model.size() > capacity) model.pop_front();
    if (model.empty()) continue;
    const Moments found = history.moments();
    const Moments expected = recomputed(model);
    RC_ASSERT(found.count == expected.count);
    RC_ASSERT(found.min == expected.min && found.max == expected.max);
    RC_ASSERT(test::relative_error(found.mean, expected.mean) < 1e-12);
    RC_ASSERT(model.size() < 2 ||
              test::relative_error(found.sum_of_squares, expected.sum_of_squares) < 1e-11);
  }
}

RC_GTEST_PROP(RollingMoments, GoOnWithTheSameBitsAfterARestore, ()) {
  const auto capacity = *rc::gen::inRange<std::size_t>(1, 1500);
  RollingMoments history(capacity);
  Noise noise;
  const auto add = [&](RollingMoments& a, RollingMoments* b) {
    std::vector<double> batch(*rc::gen::inRange<std::size_t>(0, 500));
    for (double& sample : batch) sample = noise.next(-3);
    a.add(batch);
    if (b != nullptr) b->add(batch);
  };
  for (int i = *rc::gen::inRange(0, 12); i > 0; --i) add(history, nullptr);
  const std::string bytes = saved(history);
  RollingMoments again = restored(bytes, capacity);
  RC_ASSERT(saved(again) == bytes);
  RC_ASSERT(same_bits(again.moments(), history.moments()));
  for (int i = 0; i < 12; ++i) {
    add(history, &again);
    RC_ASSERT(same_bits(again.moments(), history.moments()));
  }
}

RC_GTEST_PROP(RollingMoments, AnotherCapacityKeepsTheNewest, ()) {
  RollingMoments history(1000);
  std::deque<double> model;
  Noise noise;
  for (int i = *rc::gen::inRange(1, 3000); i > 0; --i) {
    const double sample = noise.next(0);
    history.add(std::span(&sample, 1));
    model.push_back(sample);
  }
  while (model.size() > 1000) model.pop_front();
  const auto capacity = *rc::gen::inRange<std::size_t>(1, 2000);
  RollingMoments again = restored(saved(history), capacity);
  for (int i = 0; i < 700; ++i) {
    while (model.size() > capacity) model.pop_front();
    const Moments expected = recomputed(model);
    RC_ASSERT(again.moments().count == expected.count);
    RC_ASSERT(again.moments().min == expected.min);
    RC_ASSERT(std::abs(again.moments().mean - expected.mean) < 1e-12);
    const double sample = noise.next(0);
    again.add(std::span(&sample, 1));
    model.push_back(sample);
  }
}

TEST(RollingMoments, OfEqualSamplesAreExact) {
  RollingMoments history(3600);
  const std::vector<double> batch(300, 0.1);
  for (int i = 0; i < 30; ++i) {
    history.add(batch);
    EXPECT_EQ(history.moments().mean, 0.1);
    EXPECT_EQ(history.moments().sum_of_squares, 0);
    EXPECT_TRUE(history.moments().constant());
  }
}

TEST(RollingMoments, ASampleThatOverflowsLeavesNoTraceOnceItHasLeft) {
  RollingMoments history(1000);
  std::deque<double> model;
  Noise noise;
  for (int i = 0; i < 5000; ++i) {
    const double sample = i == 2500 ? 1e300 : noise.next(10);
    history.add(std::span(&sample, 1));
    model.push_back(sample);
    if (model.size() > 1000) model.pop_front();
    if (i == 2600) {
      EXPECT_FALSE(std::isfinite(history.moments().sum_of_squares));
    }
  }
  expect_near(history.moments(), recomputed(model));
}

TEST(RollingMoments, LoseUnderALargeOffsetNoMoreThanTheMeansOwnRounding) {
  RollingMoments history(3600);
  std::deque<double> model;
  Noise noise;
  for (int i = 0; i < 20000; ++i) {
    const double sample = noise.next(1e9);
    history.add(std::span(&sample, 1));
    model.push_back(sample);
    if (model.size() > 3600) model.pop_front();
  }
  expect_near(history.moments(), recomputed(model), 1e9 * std::numeric_limits<double>::epsilon());
}

TEST(RollingMoments, AreThoseOfARecomputationAfterABillionSamples) {
#if defined(NDEBUG) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  constexpr int batches = 1'000'000;
#else
  constexpr int batches = 10'000;  // the same path; the count is for optimized builds
#endif
  constexpr std::size_t in_batch = 1000;
  RollingMoments history(3600);
  std::deque<double> model;
  std::vector<double> batch(in_batch);
  Noise noise;
  for (int i = 0; i < batches; ++i) {
    for (double& sample : batch) sample = noise.next(220);
    history.add(batch);
    if (i + 4 >= batches) model.insert(model.end(), batch.begin(), batch.end());
  }
  while (model.size() > 3600) model.pop_front();
  expect_near(history.moments(), recomputed(model));
}

TEST(RollingMoments, TakeLittleMoreMemoryThanTheSamples) {
  RollingMoments history(100'000);
  Noise noise;
  for (int i = 0; i < 300'000; ++i) {
    const double sample = noise.next(0);
    history.add(std::span(&sample, 1));
  }
  EXPECT_LE(history.footprint(), 100'000 * 8 * 106 / 100);
}

TEST(RollingMoments, AStateTruncatedAtAnyByteIsRefused) {
  RollingMoments history(50);
  for (int i = 0; i < 60; ++i) {
    const double sample = i;
    history.add(std::span(&sample, 1));
  }
  const std::string bytes = saved(history);
  for (std::size_t cut = 0; cut < bytes.size(); ++cut)
    EXPECT_THROW(restored(bytes.substr(0, cut), 50), StateError);
}

/// Found by fuzzing: the last running number that was accepted grew into one that was refused.
TEST(RollingMoments, AStateThatIsAcceptedCanBeSavedAndRestoredEverAfter) {
  constexpr std::uint64_t far = std::uint64_t{1} << 62;
  for (const std::size_t batch : {1u, 7u, 200u}) {
    RollingMoments like(100);
    like.add(std::vector<double>(100, 1.0));
    std::string state = saved(like);
    for (int i = 0; i < 8; ++i) state[static_cast<std::size_t>(i)] = static_cast<char>(far >> (8 * i));
    RollingMoments history = restored(state, 100);
    std::deque<double> kept(100, 1.0);
    for (int i = 0; i < 400; ++i) {
      const std::vector<double> samples(batch, i);
      history.add(samples);
      kept.insert(kept.end(), samples.begin(), samples.end());
      while (kept.size() > 100) kept.pop_front();
      EXPECT_EQ(saved(restored(saved(history), 100)), saved(history));
      EXPECT_TRUE(same_bits(history.moments(), restored(saved(history), 100).moments()));
      expect_near(history.moments(), recomputed(kept));
    }
  }
}

TEST(RollingMoments, ADamagedStateIsRefusedOrHarmless) {
  RollingMoments history(500);
  Noise noise;
  for (int i = 0; i < 1200; ++i) {
    const double sample = noise.next(0);
    history.add(std::span(&sample, 1));
  }
  const std::string bytes = saved(history);
  for (std::size_t bit = 0; bit < 24 * 8; ++bit) {
    std::string damaged = bytes;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
    try {
      RollingMoments again = restored(damaged, 500);
      for (int i = 0; i < 2000; ++i) {
        const double sample = i;
        again.add(std::span(&sample, 1));
      }
      EXPECT_EQ(again.moments().count, 500u);
      EXPECT_LT(test::relative_error(again.moments().mean, 1749.5), 1e-12);
    } catch (const StateError&) {
    }
  }
}

}  // namespace
}  // namespace oddity
