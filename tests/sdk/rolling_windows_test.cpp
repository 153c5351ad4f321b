#include "oddity/rolling_windows.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <deque>
#include <string>
#include <vector>

#include "oddity/rolling_moments.hpp"
#include "support/reference.hpp"

namespace oddity {
namespace {

std::int32_t append(void* context, const void* bytes, std::uint64_t size) {
  static_cast<std::string*>(context)->append(static_cast<const char*>(bytes), size);
  return 0;
}

template <class History>
std::string saved(const History& history) {
  std::string bytes;
  const oddity_sink sink{&bytes, &append};
  StateWriter writer(sink);
  history.snapshot(writer);
  return bytes;
}

RollingWindows restored(const std::string& bytes, std::size_t capacity) {
  RollingWindows history(capacity);
  StateReader reader(std::as_bytes(std::span(bytes)));
  history.restore(reader);
  reader.expect_end();
  return history;
}

/// From what RollingMoments wrote.
RollingWindows restored_samples(const std::string& bytes, std::size_t capacity) {
  RollingWindows history(capacity);
  StateReader reader(std::as_bytes(std::span(bytes)));
  history.restore_samples(reader);
  reader.expect_end();
  return history;
}

bool same_bits(const Moments& a, const Moments& b) {
  return a.count == b.count && a.mean == b.mean && a.mean_rest == b.mean_rest &&
         a.sum_of_squares == b.sum_of_squares && a.min == b.min && a.max == b.max;
}

/// The history as its definition has it: windows of eight samples and more leave whole, others one by one.
class Naive {
 public:
  explicit Naive(std::size_t capacity) : capacity_(capacity) {}

  void add(std::vector<double> samples) {
    if (samples.size() > capacity_)
      samples.erase(samples.begin(), samples.end() - static_cast<std::ptrdiff_t>(capacity_));
    if (samples.empty()) return;
    while (size() + samples.size() > capacity_) windows_.pop_front();
    if (samples.size() >= 8) return windows_.push_back(samples);
    for (const double sample : samples) windows_.push_back({sample});
  }
  std::size_t size() const {
    std::size_t size = 0;
    for (const auto& window : windows_) size += window.size();
    return size;
  }
  /// In extended precision, two passes.
  Moments moments() const {
    long double sum = 0;
    double min = windows_.front().front(), max = min;
    for (const auto& window : windows_) {
      for (const double sample : window) {
        sum += sample;
        min = std::min(min, sample);
        max = std::max(max, sample);
      }
    }
    const long double mean = sum / static_cast<long double>(size());
    long double squares = 0;
    for (const auto& window : windows_)
      for (const double sample : window) squares += (sample - mean) * (sample - mean);
    return {size(), static_cast<double>(mean), static_cast<double>(squares), min, max};
  }

 private:
  std::size_t capacity_;
  std::deque<std::vector<double>> windows_;
};

/// A cheap generator of numbers about `mean`, for long runs.
class Noise {
 public:
  double next(double mean) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return mean + static_cast<double>(static_cast<std::int64_t>(state_) >> 11) * 0x1p-52;
  }
  std::vector<double> window(std::size_t rows, double mean = 20) {
    std::vector<double> values(rows);
    for (double& value : values) value = next(mean);
    return values;
  }

 private:
  std::uint64_t state_ = 1;
};

/// How many rows the next window has: all alike, all short, or anything.
std::size_t rows_of_next(int kind) {
  if (kind == 0) return 25;
  if (kind == 1) return *rc::gen::inRange<std::size_t>(0, 8);
  return *rc::gen::inRange<std::size_t>(0, *rc::gen::element<std::size_t>(3, 20, 400));
}

RC_GTEST_PROP(RollingWindows, EqualARecomputationAfterAnyWindows, ()) {
  const auto capacity = *rc::gen::inRange<std::size_t>(1, 1500);
  const int kind = *rc::gen::inRange(0, 4);
  RollingWindows history(capacity);
  Naive model(capacity);
  Noise noise;
  const int windows = *rc::gen::inRange(1, 120);
  for (int i = 0; i < windows; ++i) {
    const std::vector<double> window = noise.window(rows_of_next(kind));
    history.add(window);
    model.add(window);
    RC_ASSERT(history.size() == model.size());
    if (model.size() == 0) continue;
    const Moments found = history.moments();
    const Moments expected = model.moments();
    RC_ASSERT(found.count == expected.count);
    RC_ASSERT(found.min <= expected.min && found.max >= expected.max);
    RC_ASSERT(found.min == expected.min && found.max == expected.max);
    RC_ASSERT(test::relative_error(found.mean, expected.mean) < 1e-14);
    RC_ASSERT(model.size() < 2 || expected.sum_of_squares == 0 ||
              test::relative_error(found.sum_of_squares, expected.sum_of_squares) < 1e-12);
  }
}

RC_GTEST_PROP(RollingWindows, GoOnWithTheSameBitsAfterARestore, ()) {
  const auto capacity = *rc::gen::inRange<std::size_t>(1, 1500);
  const int kind = *rc::gen::inRange(0, 4);
  RollingWindows history(capacity);
  Noise noise;
  for (int i = *rc::gen::inRange(0, 100); i > 0; --i) history.add(noise.window(rows_of_next(kind)));
  const std::string bytes = saved(history);
  RollingWindows again = restored(bytes, capacity);
  RC_ASSERT(saved(again) == bytes);
  for (int i = 0; i < 60; ++i) {
    RC_ASSERT(same_bits(again.moments(), history.moments()));
    const std::vector<double> window = noise.window(rows_of_next(kind));
    history.add(window);
    again.add(window);
    RC_ASSERT(saved(again) == saved(history));
  }
}

/// Where windows divide the capacity, and of single rows, nobody can tell that samples are not kept.
TEST(RollingWindows, OfAnEvenLengthHoldTheLatestSamplesAlways) {
  for (const std::size_t rows : {1, 4, 5, 20, 300}) {
    RollingWindows history(3600);
    RollingMoments samples(3600);
    Noise noise;
    for (std::size_t i = 0; i < 3 * 3600 / rows; ++i) {
      const std::vector<double> window = noise.window(rows);
      history.add(window);
      samples.add(window);
      const Moments found = history.moments();
      const Moments expected = samples.moments();
      ASSERT_EQ(found.count, expected.count);
      ASSERT_EQ(found.min, expected.min);
      ASSERT_EQ(found.max, expected.max);
      ASSERT_LT(test::relative_error(found.mean, expected.mean), 1e-15);
      if (found.count > 1) {
        ASSERT_LT(test::relative_error(found.sum_of_squares, expected.sum_of_squares), 1e-13);
      }
    }
  }
}

TEST(RollingWindows, LeaveWhole) {
  RollingWindows history(100);
  for (int i = 0; i < 3; ++i) history.add(std::vector<double>(40, i));
  EXPECT_EQ(history.size(), 80u) << "a third window of 40 pushes the first one out";
  EXPECT_EQ(history.moments().min, 1);
  history.add(std::vector<double>(5, 3));
  history.add(std::vector<double>(20, 4));
  EXPECT_EQ(history.size(), 65u);
  history.add(std::vector<double>(39, 5));
  EXPECT_EQ(history.size(), 64u);
  EXPECT_EQ(history.moments().min, 3);
  history.add(std::vector<double>(38, 6));
  EXPECT_EQ(history.size(), 100u) << "of the five kept samples two have left";
  EXPECT_EQ(history.moments().min, 3);
  history.add(std::vector<double>(250, 7));
  EXPECT_EQ(history.size(), 100u) << "of a window that is longer than the capacity the newest samples count";
  EXPECT_TRUE(history.moments().constant());
}

TEST(RollingWindows, TakeLittleMemoryAndLessState) {
  RollingWindows whole(3600);
  RollingWindows single(3600);
  Noise noise;
  for (int i = 0; i < 100; ++i) whole.add(noise.window(300));
  for (int i = 0; i < 9000; ++i) single.add(noise.window(1));
  EXPECT_LE(saved(whole).size(), 640u);
  EXPECT_LE(sizeof whole + whole.footprint(), 1024u);
  EXPECT_LE(saved(single).size(), 3600u * 82 / 10);
  EXPECT_LE(single.footprint(), 3600u * 92 / 10);
  for (int i = 0; i < 100; ++i) single.add(noise.window(300));
  EXPECT_LE(sizeof single + single.footprint(), 6000u) << "what was kept for samples is given back";
}

TEST(RollingWindows, OfEqualSamplesAreExact) {
  for (const std::size_t rows : {1, 7, 300}) {
    RollingWindows history(3600);
    for (std::size_t i = 0; i < 9000 / rows; ++i) {
      history.add(std::vector<double>(rows, 0.1));
      ASSERT_EQ(history.moments().mean, 0.1);
      ASSERT_EQ(history.moments().sum_of_squares, 0);
      ASSERT_TRUE(history.moments().constant());
    }
  }
}

TEST(RollingWindows, ASampleThatOverflowsLeavesNoTraceOnceItHasLeft) {
  for (const std::size_t rows : {1, 25}) {
    RollingWindows history(1000);
    Naive model(1000);
    Noise noise;
    for (std::size_t i = 0; i < 5000; i += rows) {
      std::vector<double> window = noise.window(rows);
      if (i == 2500) window[0] = 1e300;
      history.add(window);
      model.add(window);
      if (i == 2600) {
        EXPECT_FALSE(std::isfinite(history.moments().sum_of_squares));
        EXPECT_EQ(saved(restored(saved(history), 1000)), saved(history));
      }
    }
    EXPECT_LT(test::relative_error(history.moments().sum_of_squares, model.moments().sum_of_squares), 1e-12);
  }
}

TEST(RollingWindows, KeepTheDigitsOfAMeanAboutALargeOffset) {
  RollingWindows history(3600);
  Naive model(3600);
  Noise noise;
  for (int i = 0; i < 100; ++i) {
    const std::vector<double> window = noise.window(300, 1e9);
    history.add(window);
    model.add(window);
  }
  EXPECT_LT(test::relative_error(history.moments().mean, model.moments().mean), 1e-16);
  EXPECT_LT(test::relative_error(history.moments().sum_of_squares, model.moments().sum_of_squares), 1e-12);
}

TEST(RollingWindows, AreThoseOfARecomputationAfterAHundredMillionSamples) {
#if defined(NDEBUG) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  constexpr int windows = 1'000'000;
#else
  constexpr int windows = 20'000;  // the same path; the count is for optimized builds
#endif
  RollingWindows history(3600);
  Naive model(3600);
  Noise noise;
  for (int i = 0; i < windows; ++i) {
    const std::vector<double> window = noise.window(100, 220);
    history.add(window);
    if (i + 36 >= windows) model.add(window);
  }
  const Moments expected = model.moments();
  EXPECT_EQ(history.size(), 3600u);
  EXPECT_LT(test::relative_error(history.moments().mean, expected.mean), 1e-15);
  EXPECT_LT(test::relative_error(history.moments().sum_of_squares, expected.sum_of_squares), 1e-13);
}

RC_GTEST_PROP(RollingWindows, AnotherCapacityKeepsTheNewest, ()) {
  RollingWindows history(1000);
  Naive model(1000);
  Noise noise;
  const auto rows = *rc::gen::element<std::size_t>(1, 3, 10, 50);
  for (int i = *rc::gen::inRange(1, 300); i > 0; --i) {
    const std::vector<double> window = noise.window(rows);
    history.add(window);
    model.add(window);
  }
  const auto capacity = *rc::gen::inRange<std::size_t>(1, 2000);
  RollingWindows again = restored(saved(history), capacity);
  const bool cut = rows >= 8 && capacity < rows;
  const std::size_t expected = cut        ? rows
                               : rows < 8 ? std::min(capacity, model.size())
                                          : std::min(capacity / rows * rows, model.size());
  RC_ASSERT(again.size() == expected);
  for (int i = 0; i < 100; ++i) {
    again.add(noise.window(rows));
    RC_ASSERT(again.size() <= capacity);
    RC_ASSERT(again.moments().count == again.size());
  }
}

RC_GTEST_PROP(RollingWindows, TakeOverTheSamplesOfAnOlderState, ()) {
  const auto capacity = *rc::gen::inRange<std::size_t>(1, 700);
  RollingMoments samples(*rc::gen::inRange<std::size_t>(1, 700));
  Noise noise;
  for (int i = *rc::gen::inRange(0, 20); i > 0; --i)
    samples.add(noise.window(*rc::gen::inRange<std::size_t>(0, 90)));
  const std::string old = saved(samples);
  RollingWindows history = restored_samples(old, capacity);
  RollingMoments same(capacity);
  StateReader reader(std::as_bytes(std::span(old)));
  same.restore(reader);
  // As long as samples of the old state are there, they leave one by one.
  for (std::size_t added = 0; added < capacity;) {
    RC_ASSERT(history.size() == same.size());
    RC_ASSERT(std::abs(history.moments().mean - same.moments().mean) < 1e-13);
    const std::vector<double> window = noise.window(*rc::gen::inRange<std::size_t>(1, 20));
    history.add(window);
    same.add(window);
    added += window.size();
  }
}

TEST(RollingWindows, AStateTruncatedAtAnyByteIsRefused) {
  RollingWindows history(50);
  Noise noise;
  for (std::size_t i = 0; i < 9; ++i) history.add(noise.window(5 + i));
  const std::string bytes = saved(history);
  for (std::size_t cut = 0; cut < bytes.size(); ++cut)
    EXPECT_THROW(restored(bytes.substr(0, cut), 50), StateError);
}

TEST(RollingWindows, ADamagedStateIsRefusedOrHarmless) {
  RollingWindows history(100);
  Noise noise;
  for (const std::size_t rows : {30, 20, 3, 2, 60, 1, 25, 6}) history.add(noise.window(rows));
  const std::string bytes = saved(history);
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string damaged = bytes;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
    try {
      RollingWindows again = restored(damaged, 100);
      EXPECT_EQ(saved(restored(saved(again), 100)), saved(again));
      for (int i = 0; i < 30; ++i) again.add(noise.window(static_cast<std::size_t>(i), 1750));
      EXPECT_LE(again.size(), 100u);
      EXPECT_EQ(again.moments().count, again.size());
      EXPECT_NEAR(again.moments().mean, 1750, 1) << "what was damaged has left";
    } catch (const StateError&) {
    }
  }
}

}  // namespace
}  // namespace oddity
