#include "picture/picture.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

namespace oddity::demo {
namespace {

constexpr std::int64_t minute = 60'000'000'000;

Picture picture_of(const std::vector<std::int64_t>& times, const std::vector<double>& values,
                   std::vector<MarkedWindow> found) {
  return {"A <title>", "of & more", {{"x", "C", times, values, std::move(found)}}};
}

std::vector<std::int64_t> minutes(int count) {
  std::vector<std::int64_t> times;
  for (int i = 0; i < count; ++i) times.push_back(i * minute);
  return times;
}

TEST(Picture, MarksFoundWindowsAndLabelsRunsOfThem) {
  const auto times = minutes(600);
  const std::vector<double> values(600, 3.0);
  const std::string svg = draw(picture_of(
      times, values, {{60 * minute, 65 * minute}, {65 * minute, 70 * minute}, {300 * minute, 305 * minute}}));
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

TEST(Picture, FoundWindowsAreDrawnInRedAndOnlyThey) {
  const auto times = minutes(600);
  const std::vector<double> values(600, 3.0);
  EXPECT_EQ(draw(picture_of(times, values, {})).find("mean odd"), std::string::npos);
  EXPECT_NE(draw(picture_of(times, values, {{60 * minute, 65 * minute}})).find("mean odd"),
            std::string::npos);
}

TEST(Picture, LabelsAreDrawnInGreenAndNamedInTheLegend) {
  const auto times = minutes(600);
  const std::vector<double> values(600, 3.0);
  Picture picture = picture_of(times, values, {});
  EXPECT_EQ(draw(picture).find("told"), std::string::npos) << "without labels nothing speaks of them";
  picture.panels[0].labelled.push_back({60 * minute, 65 * minute});
  const std::string svg = draw(picture);
  EXPECT_NE(svg.find(">label<"), std::string::npos);
  // A minute is 912 / 599 pixels from 64 on.
  EXPECT_NE(svg.find(R"(<rect class="told" x="155.4" y="104.0" width="7.6" height="150"/>)"),
            std::string::npos)
      << svg;
}

TEST(Picture, OfSeveralDaysNamesTheDay) {
  const std::vector<std::int64_t> times{0, 14400 * minute};
  const std::vector<double> values{1, 2};
  const std::string svg = draw(picture_of(times, values, {{7200 * minute, 7205 * minute}}));
  EXPECT_NE(svg.find(">01-06 00:05<"), std::string::npos);
  EXPECT_NE(svg.find(">1970-01-03<"), std::string::npos);
}

TEST(Picture, LabelsThatWouldRunIntoEachOtherAreLeftOut) {
  const auto times = minutes(14400);
  const std::vector<double> values(14400, 3.0);
  std::vector<MarkedWindow> found;
  for (int i = 0; i < 1000; ++i) found.push_back({(14 * i + 5) * minute, (14 * i + 10) * minute});
  const std::string svg = draw(picture_of(times, values, found));
  const auto count = [&](const std::string& what) {
    std::size_t number = 0;
    for (std::size_t at = svg.find(what); at != std::string::npos; at = svg.find(what, at + 1)) ++number;
    return number;
  };
  EXPECT_LT(count("class=\"label\""), 15u);
  EXPECT_EQ(count("class=\"band\""), 1001u) << "each window, and the legend";
}

// Whatever the numbers, coordinates are numbers inside the picture.
RC_GTEST_PROP(PictureProperty, EveryCoordinateLiesInside, ()) {
  const auto count = *rc::gen::inRange<std::size_t>(0, 50);
  const auto times =
      *rc::gen::container<std::vector<std::int64_t>>(count, rc::gen::arbitrary<std::int64_t>());
  const auto values = *rc::gen::container<std::vector<double>>(count, rc::gen::arbitrary<double>());
  std::vector<MarkedWindow> found;
  if (count > 0) found.push_back({times[0], times[0] > INT64_MAX - 5 ? times[0] : times[0] + 5});
  const std::string svg = draw(picture_of(times, values, found));
  RC_ASSERT(svg.find("nan") == std::string::npos && svg.find("inf") == std::string::npos);
  for (const std::string name : {" x=\"", " x1=\"", " x2=\"", " y=\"", " y1=\"", " y2=\""}) {
    for (std::size_t at = svg.find(name); at != std::string::npos; at = svg.find(name, at + 1)) {
      const double coordinate = std::stod(svg.substr(at + name.size()));
      RC_ASSERT(coordinate >= 0 && coordinate <= 1000);
    }
  }
}

TEST(Picture, ConstantMissingAndHugeValuesAreDrawn) {
  const auto times = minutes(3);
  for (const std::vector<double>& values :
       {std::vector<double>{5, 5, 5}, {NAN, NAN, NAN}, {1e300, -1e300, 0}}) {
    const std::string svg = draw(picture_of(times, values, {}));
    EXPECT_TRUE(svg.ends_with("</svg>\n"));
    EXPECT_EQ(svg.find("nan"), std::string::npos);
  }
}

}  // namespace
}  // namespace oddity::demo
