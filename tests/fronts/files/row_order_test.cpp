#include "replay/row_order.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <tuple>

#include "base/error.hpp"

namespace oddity::replay {
namespace {

using Rows = std::vector<std::tuple<std::int64_t, std::uint64_t, std::uint32_t, double, double>>;

constexpr std::size_t plenty = std::size_t{1} << 24;

Rows each(RowOrder& order) {
  Rows rows;
  order.each([&](const OrderedRow& row) {
    rows.emplace_back(row.time, row.place.number(), row.series, row.values[0], row.values[1]);
    EXPECT_EQ(row.texts, row.series + 0xff000000);
  });
  return rows;
}

void add(RowOrder& order, const Rows& rows) {
  for (const auto& [time, place, series, a, b] : rows) {
    const double values[] = {a, b};
    order.add({time, Place::of(place), series, series + 0xff000000, values});
  }
}

TEST(RowOrder, IsByTimeAndThenByPlace) {
  RowOrder order(2, plenty);
  add(order, {{5, 1, 0, 1, 2}, {3, 2, 1, 3, 4}, {5, 3, 2, 5, 6}, {3, 4, 3, 7, 8}});
  EXPECT_EQ(each(order), (Rows{{3, 2, 1, 3, 4}, {3, 4, 3, 7, 8}, {5, 1, 0, 1, 2}, {5, 3, 2, 5, 6}}));
  EXPECT_EQ(order.out_of_order(), 2u);
  EXPECT_EQ(order.first_out_of_order().line(), 2u);
  EXPECT_EQ(order.bytes_on_disk(), 0u);
}

TEST(RowOrder, APlaceIsAFileAndALine) {
  const Place place(3, 1'000'000'000'000);
  EXPECT_EQ(place.file(), 3u);
  EXPECT_EQ(place.line(), 1'000'000'000'000u);
  EXPECT_LT(Place(0, 99).number(), Place(1, 1).number());
}

TEST(RowOrder, TakesTimesOfBothEnds) {
  constexpr auto min = std::numeric_limits<std::int64_t>::min();
  constexpr auto max = std::numeric_limits<std::int64_t>::max();
  RowOrder order(2, plenty);
  add(order, {{max, 1, 0, 0, 0}, {min, 2, 0, 0, 0}, {0, 3, 0, 0, 0}});
  const Rows rows = each(order);
  EXPECT_EQ(std::get<0>(rows[0]), min);
  EXPECT_EQ(std::get<0>(rows[2]), max);
}

/// Also with rows on disk, in as many runs as there can be.
RC_GTEST_PROP(RowOrder, IsThatOfAStableSortHoweverLittleMemoryThereIs, ()) {
  const auto times = *rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(-20, 20));
  const auto memory = *rc::gen::element<std::size_t>(1, 100, 500, 5'000, plenty);
  Rows rows;
  for (std::size_t i = 0; i < times.size(); ++i)
    rows.emplace_back(times[i], i, static_cast<std::uint32_t>(i % 3), static_cast<double>(i), -0.5);
  RowOrder order(2, memory);
  add(order, rows);
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return std::get<0>(a) < std::get<0>(b); });
  RC_ASSERT(each(order) == rows);
  RC_ASSERT(memory != plenty || order.bytes_on_disk() == 0u);
}

TEST(RowOrder, ManyRowsInRunsThatLapOver) {
  RowOrder order(2, 100'000);
  Rows rows;
  for (std::uint64_t i = 0; i < 50'000; ++i)
    rows.emplace_back(static_cast<std::int64_t>(i * 7919 % 50'000), i, 0, static_cast<double>(i), 0);
  add(order, rows);
  const Rows ordered = each(order);
  ASSERT_EQ(ordered.size(), rows.size());
  for (std::size_t i = 0; i < ordered.size(); ++i)
    ASSERT_EQ(std::get<0>(ordered[i]), static_cast<std::int64_t>(i));
  EXPECT_EQ(order.bytes_on_disk(), 50'000u * 40);
}

TEST(RowOrder, AFolderThatCannotBeWrittenIsNamed) {
  const char* const before = std::getenv("TMPDIR");
  const std::string kept = before == nullptr ? "" : before;
  ::setenv("TMPDIR", "/no/such/folder", 1);
  RowOrder order(2, 1);
  try {
    add(order, {{1, 1, 0, 0, 0}, {2, 2, 0, 0, 0}, {3, 3, 0, 0, 0}});
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_STREQ(
        error.what(),
        "rows beyond --memory: expected room for them in the folder '/no/such/folder', got no file can "
        "be made: No such file or directory (TMPDIR names another folder, --memory allows more)");
  }
  before == nullptr ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", kept.c_str(), 1);
}

}  // namespace
}  // namespace oddity::replay
