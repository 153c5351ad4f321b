#include "picture/chart.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <regex>

namespace oddity::demo {
namespace {

Chart chart_of(std::vector<ChartPoint> points, std::optional<ChartPoint> marked = {}) {
  return {"A <title>", "of & more", "many", "share", "here", {{"one & only", std::move(points), marked}}};
}

std::vector<double> numbers(const std::string& text, const std::string& expression) {
  std::vector<double> all;
  const std::regex pattern(expression);
  for (auto match = std::sregex_iterator(text.begin(), text.end(), pattern); match != std::sregex_iterator();
       ++match)
    all.push_back(std::stod((*match)[1]));
  return all;
}

/// The path of the line, as a text.
std::string line(const std::string& svg) {
  const std::size_t begin = svg.find(" d=\"") + 4;
  return svg.substr(begin, svg.find('"', begin) - begin);
}

TEST(Chart, ItsAxisIsOfPowersOfTenUpToTheLargest) {
  const std::string svg = draw(chart_of({{0.5, 0.2}, {70, 0.8}}));
  for (const char* const mark : {">0.01<", ">0.1<", ">1<", ">10<", ">100<"})
    EXPECT_NE(svg.find(mark), std::string::npos) << mark;
  EXPECT_EQ(svg.find(">1000<"), std::string::npos);
}

TEST(Chart, ALineGoesThroughItsPointsInTheirOrder) {
  // Four powers of ten over 912 pixels from 64 on; 400 pixels for the share.
  EXPECT_EQ(line(draw(chart_of({{1, 0}, {10, 0.5}, {100, 1}}))), "M520.0 498.0L748.0 298.0L976.0 98.0");
}

TEST(Chart, WhatIsZeroIsAtTheLeftEnd) {
  EXPECT_EQ(line(draw(chart_of({{0, 1}, {100, 1}}))), "M64.0 98.0L976.0 98.0");
}

TEST(Chart, AMarkedPointHasADotAndItsNumbers) {
  const std::string svg = draw(chart_of({{1, 0.25}, {100, 1}}, ChartPoint{1, 0.25}));
  EXPECT_NE(svg.find("<circle"), std::string::npos);
  EXPECT_NE(svg.find("one &amp; only; here: 0.25 at 1<"), std::string::npos);
  EXPECT_EQ(draw(chart_of({{1, 0.25}})).find("<circle"), std::string::npos);
}

TEST(Chart, TextsAreEscaped) {
  const std::string svg = draw(chart_of({}));
  EXPECT_NE(svg.find("A &lt;title&gt;"), std::string::npos);
  EXPECT_NE(svg.find("of &amp; more"), std::string::npos);
}

TEST(Chart, WhatIsNotFiniteIsLeftOut) {
  const double nan = std::nan("");
  const double infinity = std::numeric_limits<double>::infinity();
  const std::string svg = draw(chart_of({{nan, 0.5}, {infinity, 0.5}, {1, nan}}, ChartPoint{nan, 1}));
  EXPECT_EQ(svg.find("class=\"line c0\""), std::string::npos);
  EXPECT_EQ(svg.find("<circle"), std::string::npos);
}

RC_GTEST_PROP(ChartProperty, EveryPointLiesInside, ()) {
  std::vector<ChartPoint> points;
  for (const auto& [x, y] : *rc::gen::container<std::vector<std::pair<double, double>>>(
           rc::gen::arbitrary<std::pair<double, double>>()))
    points.push_back({x, y});
  const std::string path = line(draw(chart_of(points)));
  for (const double x : numbers(path, R"([ML](\S+) )")) RC_ASSERT(x >= 64 && x <= 976);
  for (const double y : numbers(path, R"([ML]\S+ (\S+?)(?=L|$))")) RC_ASSERT(y >= 98 && y <= 498);
}

}  // namespace
}  // namespace oddity::demo
