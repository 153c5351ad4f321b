#include "oddity/rows_seen.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "support/abi_window.hpp"

namespace oddity {
namespace {

using test::AbiWindow;

std::vector<double> news(const RowsSeen& seen, const AbiWindow& window) {
  std::vector<double> taken;
  seen.each_new(Window(window.abi()), [&](double value) { taken.push_back(value); });
  return taken;
}

TEST(RowsSeen, OfTheFirstWindowAllFreshRowsAreNews) {
  EXPECT_EQ(news({}, AbiWindow({1, 2, 3}, 3)), (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(news({}, AbiWindow({1, 2, 3}, 2)), (std::vector<double>{2, 3})) << "in order of arrival";
}

/// Windows of four rows, two rows apart, of which the first was not learned: its rows are fresh again.
TEST(RowsSeen, ARowThatWasNotLearnedIsNoNewsWhenItComesAgain) {
  RowsSeen seen;
  seen.add(Window(AbiWindow({1, 2, 3, 4}, 4, 100).abi()));
  EXPECT_EQ(news(seen, AbiWindow({3, 4, 5, 6}, 4, 102)), (std::vector<double>{5, 6}));
  EXPECT_EQ(news(seen, AbiWindow({1, 2, 3, 4}, 4, 100)), std::vector<double>{}) << "the same window again";
}

TEST(RowsSeen, TimeThatGoesBackStartsAnew) {
  RowsSeen seen;
  seen.add(Window(AbiWindow({1, 2, 3, 4}, 4, 100).abi()));
  const AbiWindow earlier({7, 8}, 2, 50);
  EXPECT_EQ(news(seen, earlier), (std::vector<double>{7, 8}));
  seen.add(Window(earlier.abi()));
  EXPECT_EQ(news(seen, AbiWindow({7, 8, 9}, 3, 50)), (std::vector<double>{9}));
}

TEST(RowsSeen, AnotherRowOfTheSameTimeIsNewsWhereEachRowIsAWindow) {
  RowsSeen seen;
  seen.add(Window(AbiWindow({1}, 1, 100).abi()));
  EXPECT_EQ(news(seen, AbiWindow({2}, 0, 100)), (std::vector<double>{2}));
}

TEST(RowsSeen, IsRestoredAsItWasAndRefusesARowAfterTheEnd) {
  RowsSeen seen;
  seen.add(Window(AbiWindow({1, 2, 3, 4}, 4, 100).abi()));
  std::string bytes;
  const oddity_sink sink{&bytes, [](void* to, const void* from, std::uint64_t size) -> std::int32_t {
                           static_cast<std::string*>(to)->append(static_cast<const char*>(from), size);
                           return 0;
                         }};
  StateWriter writer(sink);
  seen.snapshot(writer);
  RowsSeen again;
  StateReader reader(std::as_bytes(std::span(bytes)));
  again.restore(reader);
  EXPECT_EQ(news(again, AbiWindow({3, 4, 5, 6}, 4, 102)), (std::vector<double>{5, 6}));

  std::swap(bytes[7], bytes[15]);
  bytes[7] = 0x7f;
  StateReader damaged(std::as_bytes(std::span(bytes)));
  EXPECT_THROW(again.restore(damaged), StateError);
}

}  // namespace
}  // namespace oddity
