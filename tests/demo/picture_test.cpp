#include "demo/picture.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace oddity::demo {
namespace {

constexpr std::int64_t minute = 60'000'000'000;

Picture picture_of(const std::vector<std::int64_t>& times, const std::vector<double>& values, std::vector<MarkedWindow> found) {
  return {"A <title>", "of & more", times, {{"x", "C", values, std::move(found)}}};
}

std::vector<std::int64_t> minutes(int count) {
  std::vector<std::int64_t> times;
  for (int i = 0; i < count; ++i) times.push_back(i * minute);
  return times;
}

TEST(Picture, MarksFoundWindowsAndLabelsRunsOfThem) {
  const auto times = minutes(600);
  const std::vector<double> values(600, 3.0);
  const std::string svg = draw(picture_of(times, values, {{60 * minute, 65 * minute}, {65 * minute, 70 * minute}, {300 * minute, 305 * minute}}));
  EXPECT_NE(svg.find(">01:05 to 01:10<"), std::string::npos);
  EXPECT_NE(svg.find(">05:05<"), std::string::npos);
}

TEST(Picture, TextsAreEscaped) {
  const auto times = minutes(2);
  const std::vector<double> values{1, 2};
  const std::string svg = draw(picture_of(times, values, {}));
  EXPECT_NE(svg.find("A &lt;title&gt;"), std::string::npos);
  EXPECT_NE(svg.find("of &amp; more"), std::string::npos);
}

TEST(Picture, ConstantMissingAndHugeValuesAreDrawn) {
  const auto times = minutes(3);
  for (const std::vector<double>& values : {std::vector<double>{5, 5, 5}, {NAN, NAN, NAN}, {1e300, -1e300, 0}}) {
    const std::string svg = draw(picture_of(times, values, {}));
    EXPECT_TRUE(svg.ends_with("</svg>\n"));
    EXPECT_EQ(svg.find("nan"), std::string::npos);
  }
}

}  // namespace
}  // namespace oddity::demo
