// A folder full of bad plugins costs itself: Info does not look at it, Init with a good one works, and Init
// with a bad one says why.
#include <gtest/gtest.h>

#include <chrono>

#include "oddity/abi.h"
#include "own_detectors.hpp"
#include "standin/standin.hpp"

namespace oddity::test {
namespace {

std::vector<std::string> arguments() {
  return {"agent", "--plugins", ODDITY_BAD_PLUGINS, "--plugins", ODDITY_PLUGINS};
}

udf::Request init_with(std::string_view algorithm) {
  return Init().field("x").size(100).alpha(0.01).algorithm(algorithm);
}

TEST(AFolderOfBadPlugins, LeavesInfoAndTheGoodOnesAlone) {
  for (const char* name : own_detectors) {
    StandIn kapacitor(ODDITY_PROGRAM, arguments());
    const auto begin = std::chrono::steady_clock::now();
    const auto elapsed = [&] {
      return static_cast<int>(
          std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin)
              .count());
    };
    kapacitor.send(info_request());
    const auto info = kapacitor.next();
    RecordProperty(std::string(name) + "_info_ms", elapsed());
    ASSERT_TRUE(info && info->has_info());
    EXPECT_TRUE(info->info().options().contains("field"));
    kapacitor.send(init_with(name));
    const auto init = kapacitor.next();
    RecordProperty(std::string(name) + "_init_ms", elapsed());
    ASSERT_TRUE(init && init->has_init());
    EXPECT_TRUE(init->init().success()) << init->init().error();
    kapacitor.close_input();
    EXPECT_EQ(kapacitor.exit_code(), 0);
  }
}

struct Refused {
  const char* name;
  const char* reason;
};

class ABadPlugin : public testing::TestWithParam<Refused> {};

TEST_P(ABadPlugin, IsRefusedByInitWithTheReason) {
  StandIn kapacitor(ODDITY_PROGRAM, arguments());
  kapacitor.send(info_request());
  ASSERT_TRUE(kapacitor.next());
  kapacitor.send(init_with(GetParam().name));
  const auto init = kapacitor.next();
  ASSERT_TRUE(init && init->has_init());
  EXPECT_FALSE(init->init().success());
  EXPECT_NE(init->init().error().find(std::string(GetParam().name) + ".so"), std::string::npos)
      << init->init().error();
  EXPECT_NE(init->init().error().find(GetParam().reason), std::string::npos) << init->init().error();
  EXPECT_EQ(kapacitor.exit_code(), 1) << "after a failed Init the process leaves";
}

INSTANTIATE_TEST_SUITE_P(
    Reasons, ABadPlugin,
    testing::Values(Refused{"crashes_in_create", "crashed when loaded and tried"},
                    Refused{"exits_when_loaded", "ended the process when loaded and tried"},
                    Refused{"no_entry", ODDITY_ENTRY_SYMBOL}, Refused{"undefined_symbol", "undefined symbol"},
                    Refused{"no_table", "wants a newer Oddity"},
                    Refused{"null_function", "got a null pointer"},
                    Refused{"throws_in_update", "cannot learn"},
                    Refused{"p_above_one", "expected a p-value from 0 to 1"},
                    Refused{"refuses_own_state", "refuses the state that it has just written"}),
    [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace oddity::test
