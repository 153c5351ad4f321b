#include "oddity/sorted_window.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <deque>
#include <set>
#include <string>

namespace oddity {
namespace {

std::int32_t append(void* context, const void* bytes, std::uint64_t size) {
  static_cast<std::string*>(context)->append(static_cast<const char*>(bytes), size);
  return 0;
}

std::string saved(const SortedWindow& history) {
  std::string bytes;
  const oddity_sink sink{&bytes, &append};
  StateWriter writer(sink);
  history.snapshot(writer);
  return bytes;
}

SortedWindow restored(const std::string& bytes, std::size_t capacity) {
  SortedWindow history(capacity);
  StateReader reader(std::as_bytes(std::span(bytes)));
  history.restore(reader);
  reader.expect_end();
  return history;
}

/// Few different values, so that ties are the rule.
std::vector<double> batch_with_ties() {
  std::vector<double> batch(*rc::gen::inRange<std::size_t>(0, 40));
  for (double& sample : batch) sample = *rc::gen::inRange(0, 12);
  return batch;
}

RC_GTEST_PROP(SortedWindow, IsTheSortedLatestSamples, ()) {
  const auto capacity = *rc::gen::inRange<std::size_t>(1, 100);
  SortedWindow history(capacity);
  std::deque<double> model;
  for (int i = *rc::gen::inRange(1, 20); i > 0; --i) {
    const std::vector<double> batch = batch_with_ties();
    history.add(batch);
    model.insert(model.end(), batch.begin(), batch.end());
    while (model.size() > capacity) model.pop_front();
    const std::multiset<double> sorted(model.begin(), model.end());
    RC_ASSERT(std::equal(sorted.begin(), sorted.end(), history.sorted().begin(), history.sorted().end()));
    for (int halves = -2; halves < 26; ++halves) {
      const double value = halves / 2.0;
      RC_ASSERT(history.count_below(value) ==
                static_cast<std::size_t>(std::distance(sorted.begin(), sorted.lower_bound(value))));
      RC_ASSERT(history.count_up_to(value) ==
                static_cast<std::size_t>(std::distance(sorted.begin(), sorted.upper_bound(value))));
    }
  }
}

RC_GTEST_PROP(SortedWindow, GoesOnTheSameAfterARestore, ()) {
  const auto capacity = *rc::gen::inRange<std::size_t>(1, 100);
  SortedWindow history(capacity);
  for (int i = *rc::gen::inRange(0, 10); i > 0; --i) history.add(batch_with_ties());
  const std::string bytes = saved(history);
  SortedWindow again = restored(bytes, capacity);
  RC_ASSERT(saved(again) == bytes);
  for (int i = 0; i < 10; ++i) {
    const std::vector<double> batch = batch_with_ties();
    history.add(batch);
    again.add(batch);
    RC_ASSERT(saved(again) == saved(history));
    RC_ASSERT(std::equal(again.sorted().begin(), again.sorted().end(), history.sorted().begin(),
                         history.sorted().end()));
  }
}

RC_GTEST_PROP(SortedWindow, AWalkFindsWhatASearchFinds, ()) {
  std::vector<double> sorted = *rc::gen::container<std::vector<double>>(rc::gen::inRange(0, 60));
  std::sort(sorted.begin(), sorted.end());
  std::size_t at = 0;
  for (int halves = -1; halves < 122; ++halves) {
    const double value = halves / 2.0;
    at = first_not_below(sorted, value, at);
    RC_ASSERT(at == static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), value) -
                                             sorted.begin()));
  }
}

TEST(SortedWindow, AnotherCapacityKeepsTheNewest) {
  SortedWindow history(5);
  history.add(std::vector<double>{9, 1, 8, 2, 7, 3});
  const SortedWindow again = restored(saved(history), 3);
  EXPECT_EQ(std::vector<double>(again.sorted().begin(), again.sorted().end()),
            (std::vector<double>{2, 3, 7}));
}

TEST(SortedWindow, AStateTruncatedAtAnyByteIsRefused) {
  SortedWindow history(5);
  history.add(std::vector<double>{9, 1, 8});
  const std::string bytes = saved(history);
  for (std::size_t cut = 0; cut < bytes.size(); ++cut)
    EXPECT_THROW(restored(bytes.substr(0, cut), 5), StateError);
}

}  // namespace
}  // namespace oddity
