#include "http/write_request.hpp"

#include <gtest/gtest.h>

namespace oddity::live {
namespace {

using formats::Precision;

TEST(WriteRequest, GoodLinesAreTaken) {
  const WriteRequest write("m x=1 1\n\n# comment\nm x=2 2", Precision::s, 0);
  EXPECT_EQ(write.good, "m x=1 1\nm x=2 2\n");
  EXPECT_EQ(write.good_lines, 2u);
  EXPECT_EQ(write.bad_lines, 0u);
}

TEST(WriteRequest, ALineWithoutATimeIsGood) {
  EXPECT_EQ(WriteRequest("m x=1", Precision::ns, 5).good_lines, 1u);
}

TEST(WriteRequest, OfBadLinesTheFirstIsNamedAsInfluxDBDoes) {
  const WriteRequest write("m x=1 1\nm x 2\nm 3\n", Precision::s, 0);
  EXPECT_EQ(write.good, "m x=1 1\n");
  EXPECT_EQ(write.bad_lines, 2u);
  EXPECT_EQ(write.error_json(),
            "{\"error\":\"partial write: unable to parse 'm x 2': expected a field as key=value, got 'x 2' "
            "(and 1 more "
            "lines) dropped=0\"}\n");
}

TEST(WriteRequest, WhereAllAreBadNothingWasWritten) {
  const WriteRequest write("m x 2", Precision::s, 0);
  EXPECT_EQ(write.good_lines, 0u);
  EXPECT_EQ(write.error_json(),
            "{\"error\":\"unable to parse 'm x 2': expected a field as key=value, got 'x 2'\"}\n");
}

TEST(WriteRequest, ResultsThatComeBackAreLeftOut) {
  const WriteRequest write("oddity_m x=1 1\nodd x=1 1\nm x=2 2\n", Precision::s, 0, {"odd"});
  EXPECT_EQ(write.good, "m x=2 2\n");
  EXPECT_EQ(write.own_results, 2u);
  EXPECT_EQ(write.bad_lines, 0u);
}

TEST(WriteRequest, ATextMayHoldNewlines) {
  const WriteRequest write("m s=\"a\nb\",x=1 1\nm x=2 2\n", Precision::s, 0);
  EXPECT_EQ(write.good_lines, 2u);
}

TEST(WriteRequest, BytesThatAreNoTextMakeNoBrokenAnswer) {
  const WriteRequest write("\xff\xfe m", Precision::s, 0);
  EXPECT_NE(write.error_json().find("{\"error\":"), std::string::npos);
}

TEST(WriteRequest, ATimeThatDoesNotFitIsABadLine) {
  EXPECT_EQ(WriteRequest("m x=1 9223372036854775807", Precision::s, 0).bad_lines, 1u);
}

TEST(WriteRequest, PrecisionsAreInfluxDBs) {
  EXPECT_EQ(precision_of(""), Precision::ns);
  EXPECT_EQ(precision_of("n"), Precision::ns);
  EXPECT_EQ(precision_of("u"), Precision::us);
  EXPECT_EQ(precision_of("ms"), Precision::ms);
  EXPECT_EQ(precision_of("m"), Precision::m);
  EXPECT_EQ(precision_of("h"), Precision::h);
  EXPECT_FALSE(precision_of("d"));
}

}  // namespace
}  // namespace oddity::live
