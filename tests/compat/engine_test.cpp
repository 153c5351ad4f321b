// The whole engine with older and newer plugins: what it makes of a detector does not depend on which of the
// two knows more of the ABI. A newer engine runs under the address sanitizer where there is one, its plugins
// included: what it reads beyond an older plugin's structs would else go unnoticed.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <string>

namespace oddity::compat {
namespace {

/// What a program prints; a failure of the test where it does not end well.
std::string said_by(const std::string& command) {
  // A library is never unloaded, so what it holds at the end is no leak.
  FILE* const pipe = ::popen(("ASAN_OPTIONS=detect_leaks=0 " + command + " 2>&1").c_str(), "r");
  std::string text;
  std::array<char, 4096> buffer;
  for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    text.append(buffer.data(), got);
  EXPECT_EQ(::pclose(pipe), 0) << command << '\n' << text;
  return text;
}

std::string life_today(const std::string& detector) {
  return said_by("'" ODDITY_TODAYS_ENGINE "' '" ODDITY_COMPAT_PLUGINS "/plain' " + detector);
}
std::string life_in_newer_engine(const std::string& detector) {
  return said_by("'" ODDITY_NEWER_ENGINE "' '" ODDITY_COMPAT_PLUGINS "/sanitized' " + detector);
}

class EachDetector : public testing::TestWithParam<const char*> {};

TEST_P(EachDetector, LivesTheSameInTodaysEngineAndInANewerOne) {
  const std::string today = life_today(GetParam());
  EXPECT_NE(today.find("pvalue=0x"), std::string::npos) << today;
  EXPECT_EQ(life_in_newer_engine(GetParam()), today);
}

INSTANTIATE_TEST_SUITE_P(Each, EachDetector, testing::Values("frozen_v1", "growing", "newer_ttest"),
                         [](const auto& tested) { return std::string(tested.param); });

TEST(Engine, NamesTheOutputsOfANewerDetectorByItsStride) {
  const std::string today = life_today("growing_newer");
  EXPECT_NE(today.find("algorithm=growing_newer first=1 second=2\n"), std::string::npos) << today;
  EXPECT_NE(today.find(" seen=0x0p+0 pvalue="), std::string::npos) << today;
  const std::string newer = life_in_newer_engine("growing_newer");
  EXPECT_NE(newer.find("algorithm=growing_newer first=1 second=2\n"), std::string::npos) << newer;
  // The host's table and the four structs of each call; the engine fills none of the
  // appended members, which are 0.
  EXPECT_NE(newer.find(" seen=0x1p+0 pvalue="), std::string::npos) << newer;
}

}  // namespace
}  // namespace oddity::compat
