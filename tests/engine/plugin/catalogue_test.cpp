// Bad plugins cost themselves only: each is refused with its reason, found out in a child process.
#include "plugin/catalogue.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "plugin/probe.hpp"
#include "support/detector_names.hpp"

namespace oddity::plugin {
namespace {

std::string probed(const std::string& name) {
  const Probe probe(ODDITY_PROGRAM, std::chrono::milliseconds(1500));
  return probe.run(std::filesystem::path(ODDITY_BAD_PLUGINS) / (name + ".so"));
}

TEST(Probe, OurOwnPluginsPass) {
  for (const char* name : own_detectors)
    EXPECT_EQ(Probe(ODDITY_PROGRAM).run(std::filesystem::path(ODDITY_PLUGINS) / (std::string(name) + ".so")),
              "");
}

struct Fault {
  const char* name;
  const char* reason;
};

class BadPlugin : public testing::TestWithParam<Fault> {};

TEST_P(BadPlugin, IsRefusedWithItsReason) {
  const std::string found = probed(GetParam().name);
  EXPECT_NE(found.find(GetParam().name), std::string::npos) << found;
  EXPECT_NE(found.find(GetParam().reason), std::string::npos) << found;
}

INSTANTIATE_TEST_SUITE_P(
    Faults, BadPlugin,
    testing::Values(Fault{"crashes_in_create", "crashed when loaded and tried (Segmentation fault)"},
                    Fault{"hangs_in_evaluate", "did not load and run within 1.5 s"},
                    Fault{"throws_in_update", "cannot learn"},
                    Fault{"p_above_one", "expected a p-value from 0 to 1, got 1.5"},
                    Fault{"infinite_effect", "got an infinite one: effect"},
                    Fault{"unknown_outcome", "expected one of the outcomes 0 to 3, got 17"},
                    Fault{"refuses_own_state", "refuses the state that it has just written"},
                    Fault{"no_table", "wants a newer Oddity"},
                    Fault{"exits_when_loaded", "ended the process when loaded"}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(Probe, WhatAPluginPrintsReachesNobody) { EXPECT_EQ(probed("prints_to_stdout"), ""); }

TEST(Catalogue, FindsByNameAndLoadsOnce) {
  Catalogue catalogue({ODDITY_PLUGINS}, Probe(ODDITY_PROGRAM));
  const auto ttest = catalogue.load("ttest");
  EXPECT_STREQ(ttest->description().name, "ttest");
  EXPECT_EQ(catalogue.load("ttest"), ttest);
  EXPECT_EQ(catalogue.names(), test::detector_names());
}

TEST(Catalogue, TheFirstFolderWins) {
  Catalogue catalogue({ODDITY_BAD_PLUGINS, ODDITY_PLUGINS}, Probe(ODDITY_PROGRAM));
  EXPECT_EQ(catalogue.load("ks")->path(), std::filesystem::path(ODDITY_PLUGINS) / "ks.so");
  EXPECT_THROW(catalogue.load("p_above_one"), Error);
}

TEST(Catalogue, AFolderFullOfBadPluginsHidesNoGoodOne) {
  Catalogue catalogue({ODDITY_BAD_PLUGINS, ODDITY_PLUGINS}, Probe(ODDITY_PROGRAM));
  EXPECT_NO_THROW(catalogue.load("zscore"));
}

TEST(Catalogue, UnknownNamesNameThoseThatAreThere) {
  Catalogue catalogue({ODDITY_PLUGINS}, Probe(ODDITY_PROGRAM));
  try {
    catalogue.load("zcore");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find(test::listed_detectors()), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("did you mean 'zscore'?"), std::string::npos);
  }
}

TEST(Catalogue, PathsAreNoNames) {
  Catalogue catalogue({ODDITY_PLUGINS}, Probe(ODDITY_PROGRAM));
  EXPECT_THROW(catalogue.load("../plugins/ttest"), Error);
  EXPECT_THROW(catalogue.load(""), Error);
}

}  // namespace
}  // namespace oddity::plugin
