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

TEST(OtherFormat, IsAWayToPackThatIsNotRead) {
  const std::string tar = std::string(257, '\0') + "ustar  root";
  for (const auto& [line, words] : std::vector<std::pair<std::string, std::string>>{
           {"BZh91AY&SY\xd1", "this is packed with bzip2, which is not read: bzip2 -dc unpacks it"},
           {std::string("\xfd"
                        "7zXZ\0",
                        6),
            "this is packed with xz"},
           {"\x04\x22\x4d\x18\x64", "this is packed with lz4"},
           {"7z\xbc\xaf\x27\x1c", "this is a 7-Zip archive"},
           {"\x1f\x8b\x08", "this is packed twice"},
           {"\x28\xb5\x2f\xfd", "this is packed twice"},
           {tar, "this is a tar archive"}}) {
    EXPECT_EQ(said(line).find(words), 0u) << said(line);
    EXPECT_EQ(no_lines_of_text(line), said(line)) << "also of what is to be CSV";
  }
  EXPECT_EQ(no_lines_of_text("[{}]").find("this looks like JSON"), 0u);
  for (const char* const line : {"BZh", "BZh9,x", "time,x", ""}) EXPECT_EQ(no_lines_of_text(line), "");
}

TEST(OtherFormat, IsNotGuessedOfALineOfLineProtocolWithAFault) {
  for (const char* const line :
       {"", "m", "time", "m,host=a load=1", "m,host load=1 5", "m load=x 5", "m,a={b} x=1", "a,b,c"})
    EXPECT_EQ(said(line), "") << line;
}

}  // namespace
}  // namespace oddity::replay
