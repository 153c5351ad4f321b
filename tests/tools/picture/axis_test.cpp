#include "picture/axis.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace oddity::demo {
namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t hour = 3600 * second;
constexpr std::int64_t start = 1'451'606'400 * second;  // 2016-01-01T00:00:00Z

template <class Marks>
std::vector<std::string> texts(const Marks& marks) {
  std::vector<std::string> all;
  for (const auto& mark : marks) all.push_back(mark.text);
  return all;
}

using Texts = std::vector<std::string>;

TEST(ValueMarks, AreRoundNumbers) {
  EXPECT_EQ(texts(value_marks(207.5, 226.3, 6)), (Texts{"210", "215", "220", "225"}));
  EXPECT_EQ(texts(value_marks(-0.11, 0.1, 5)), (Texts{"-0.1", "-0.05", "0", "0.05", "0.1"}));
  EXPECT_EQ(texts(value_marks(0, 3e7, 4)), (Texts{"0", "1e+07", "2e+07", "3e+07"}));
}

// RC_ASSERT evaluates both sides of || and &&: what guards an index stands before it.
RC_GTEST_PROP(ValueMarksProperty, LieInsideAndAreNotTooMany, ()) {
  const double min =
      *rc::gen::suchThat(rc::gen::arbitrary<double>(), [](double v) { return std::isfinite(v); });
  const double width = std::ldexp(1.0, *rc::gen::inRange(-20, 40));
  const double max = min + std::abs(min) * 1e-6 + width;
  RC_PRE(std::isfinite(max));
  const auto marks = value_marks(min, max, 6);
  RC_ASSERT(marks.size() <= 6u);
  RC_ASSERT(marks.size() >= 2u);
  for (std::size_t i = 0; i < marks.size(); ++i) {
    RC_ASSERT(marks[i].at >= min && marks[i].at <= max);
    if (i > 0) RC_ASSERT(marks[i].at > marks[i - 1].at);
  }
}

TEST(TimeMarks, AreRoundTimes) {
  EXPECT_EQ(texts(time_marks(start, start + 24 * hour, 13)),
            (Texts{"00:00", "02:00", "04:00", "06:00", "08:00", "10:00", "12:00", "14:00", "16:00", "18:00",
                   "20:00", "22:00", "01-02"}));
  EXPECT_EQ(texts(time_marks(start + second, start + 21 * second, 5)),
            (Texts{"00:00:05", "00:00:10", "00:00:15", "00:00:20"}));
  EXPECT_EQ(texts(time_marks(start - 1, start + 72 * hour, 4)),
            (Texts{"2016-01-01", "2016-01-02", "2016-01-03", "2016-01-04"}));
}

RC_GTEST_PROP(TimeMarksProperty, LieInsideAndAreNotTooMany, ()) {
  const auto a = *rc::gen::arbitrary<std::int64_t>();
  const auto b = *rc::gen::oneOf(rc::gen::arbitrary<std::int64_t>(), rc::gen::just(a));
  const auto marks = time_marks(std::min(a, b), std::max(a, b), 13);
  RC_ASSERT(marks.size() <= 13u);
  for (std::size_t i = 0; i < marks.size(); ++i) {
    RC_ASSERT(marks[i].at >= std::min(a, b) && marks[i].at <= std::max(a, b));
    if (i > 0) RC_ASSERT(marks[i].at > marks[i - 1].at);
  }
}

TEST(BriefTime, SaysNoMoreThanTheAxisNeeds) {
  const std::int64_t time = start + 12 * hour + 300 * second;
  EXPECT_EQ(brief_time(time, start, start + 24 * hour), "12:05");
  EXPECT_EQ(brief_time(time, start, start + 72 * hour), "01-01 12:05");
  EXPECT_EQ(brief_time(time, time, time + 60 * second), "12:05:00");
}

}  // namespace
}  // namespace oddity::demo
