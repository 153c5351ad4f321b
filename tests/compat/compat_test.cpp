// The four pairs: old and new plugin, old and new host. "New" is an ABI to which
// every struct has been appended.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <sstream>

#include "compat/life.hpp"
#include "own_detectors.hpp"

namespace oddity::compat {
namespace {

/// The life of a plugin under this host, without its name.
std::string life_here(const std::string& file) {
  const std::string text = life(plugin::Library::load(file));
  return text.substr(text.find('\n') + 1);
}

/// Under the host that was built with the newer ABI, without its name; each line of numbers has what it
/// found appended to the evaluation at its end.
std::string life_under_newer_host(const std::string& file) {
  FILE* const pipe = ::popen((std::string(ODDITY_NEWER_HOST) + " '" + file + "'").c_str(), "r");
  std::string text;
  std::array<char, 4096> buffer;
  for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    text.append(buffer.data(), got);
  EXPECT_EQ(::pclose(pipe), 0) << file;
  return text.substr(text.find('\n') + 1);
}

std::string without(std::string text, const std::string& part) {
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at))
    text.erase(at, part.size());
  return text;
}

/// Whether two lives are one, word for word; numbers may differ in their last digits, as today's moments are
/// more exact than those of the first day.
void expect_alike(const std::string& one, const std::string& other) {
  std::istringstream ones(one), others(other);
  std::string its, the_others;
  while (ones >> its) {
    ASSERT_TRUE(others >> the_others);
    if (its == the_others) continue;
    const double number = std::strtod(its.c_str(), nullptr);
    ASSERT_NEAR(std::strtod(the_others.c_str(), nullptr), number, 1e-9 * std::abs(number)) << its;
    ASSERT_TRUE(its.find("0x") != std::string::npos) << its << " and " << the_others;
  }
  EXPECT_FALSE(others >> the_others);
}

/// A life but for its last line: another version may save another state.
std::string verdicts(const std::string& life) { return life.substr(0, life.rfind("state")); }

TEST(Compatibility, APluginFrozenAtVersionOneJudgesAsOnTheFirstDay) {
  const std::string frozen = verdicts(life_here(ODDITY_COMPAT_PLUGINS "/plain/frozen_v1.so"));
  expect_alike(frozen, verdicts(life_here(ODDITY_PLUGINS "/ttest.so")));
  EXPECT_NE(frozen.find("0x1"), std::string::npos) << "there are verdicts";
}

class OldPlugin : public testing::TestWithParam<std::string> {};

TEST_P(OldPlugin, JudgesUnderANewerHostAsUnderThisOne) {
  const std::string newer = life_under_newer_host(GetParam());
  EXPECT_NE(newer.find("described 0x0p+0, table 0x0p+0\n"), std::string::npos)
      << "what the plugin does not have is 0";
  EXPECT_EQ(without(without(newer, " appended -"), "described 0x0p+0, table 0x0p+0\n"),
            life_here(GetParam()));
}

std::vector<std::string> todays_plugins() {
  std::vector<std::string> files{ODDITY_EXAMPLE_PLUGINS "/ranksum.so",
                                 ODDITY_COMPAT_PLUGINS "/plain/frozen_v1.so",
                                 ODDITY_COMPAT_PLUGINS "/plain/growing.so"};
  for (const std::string name : own_detectors) files.push_back(ODDITY_PLUGINS "/" + name + ".so");
  return files;
}

INSTANTIATE_TEST_SUITE_P(Each, OldPlugin, testing::ValuesIn(todays_plugins()));

TEST(Compatibility, ANewerPluginJudgesUnderThisHost) {
  EXPECT_EQ(life_here(ODDITY_COMPAT_PLUGINS "/plain/newer_ttest.so"), life_here(ODDITY_PLUGINS "/ttest.so"));
}

TEST(Compatibility, ANewerPluginDoesWithoutWhatAnOlderHostLacks) {
  EXPECT_EQ(life_here(ODDITY_COMPAT_PLUGINS "/plain/growing_newer.so"),
            life_here(ODDITY_COMPAT_PLUGINS "/plain/growing.so"));
}

TEST(Compatibility, ANewerPluginUsesWhatANewerHostHas) {
  const std::string life = life_under_newer_host(ODDITY_COMPAT_PLUGINS "/plain/growing_newer.so");
  EXPECT_NE(life.find("0x1p+2 - - - - - - - appended 0x1p+2\n"), std::string::npos)
      << "four members seen, one filled\n"
      << life;
  EXPECT_NE(life.find("described 0x1.4p+2, table 0x1.8p+2\n"), std::string::npos) << life;
  EXPECT_NE(life.find("option second\noutput seen\noutput other\n"), std::string::npos) << "by stride\n"
                                                                                        << life;
}

}  // namespace
}  // namespace oddity::compat
