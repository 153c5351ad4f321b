#include "json_lines/json_lines.hpp"

#include <gtest/gtest.h>

namespace oddity::formats {
namespace {

TEST(JsonLines, OneObjectInTheOrderOfTheFields) {
  window::GroupWindow window;
  window.name = "temperatures";
  window.tags = {{"printer", "p\"1"}};
  window.end = 1'451'610'300'000'000'000;
  EXPECT_EQ(
      json_line(window, {{"t", 0.1}, {"pvalue", 1e-300}, {"anomalous", true}}),
      R"({"time":"2016-01-01T01:05:00Z","name":"temperatures","tags":{"printer":"p\"1"},"fields":{"t":0.1,"pvalue":1e-300,"anomalous":true}})");
}

TEST(JsonLines, BytesThatAreNoUtf8DoNotEndTheRun) {
  window::GroupWindow window;
  window.name = "a\xff";
  EXPECT_NE(json_line(window, {{"t", 1.0}}).find("a\xef\xbf\xbd"), std::string::npos);
}

}  // namespace
}  // namespace oddity::formats
