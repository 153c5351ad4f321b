#include "replay/other_format.hpp"

#include <gtest/gtest.h>

namespace oddity::replay {
namespace {

std::string said(std::string_view line, const std::string& time_column = "") {
  return other_format(line, time_column, {"load"});
}

TEST(OtherFormat, IsCsvWhereALineNamesATimeOrAField) {
  for (const char* const line :
       {"time,value", "host;Timestamp", "# time\tx", "when|load", "sep=;", "\"time\",\"x\"\r"})
    EXPECT_EQ(said(line), "this looks like the header of a CSV: --format csv reads it") << line;
  EXPECT_NE(said("when,value", "when"), "");
}

TEST(OtherFormat, IsWhatProgramsWrite) {
  EXPECT_EQ(said("{\"time\": 1}").find("this looks like JSON"), 0u);
  EXPECT_EQ(said("[").find("this looks like JSON"), 0u);
  EXPECT_EQ(said("up{job=\"a b\"} 1 2").find("this looks like Prometheus' text"), 0u);
  EXPECT_EQ(said("PK\x03\x04").find("this is a ZIP archive"), 0u);
}

TEST(OtherFormat, IsNotGuessedOfALineOfLineProtocolWithAFault) {
  for (const char* const line :
       {"", "m", "time", "m,host=a load=1", "m,host load=1 5", "m load=x 5", "m,a={b} x=1", "a,b,c"})
    EXPECT_EQ(said(line), "") << line;
}

}  // namespace
}  // namespace oddity::replay
