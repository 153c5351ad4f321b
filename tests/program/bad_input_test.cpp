// What people get wrong, each in one clear sentence, in the InitResponse.
#include <filesystem>
#include <fstream>

#include "agent.hpp"
#include "support/detector_names.hpp"

namespace oddity::test {
namespace {

namespace fs = std::filesystem;

class BadInput : public testing::Test {
 protected:
  BadInput() : folder_(fs::temp_directory_path() / ("oddity-bad-input-" + std::to_string(::getpid()))) {
    fs::create_directory(folder_);
  }
  ~BadInput() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& text) const {
    const fs::path path = folder_ / name;
    std::ofstream(path) << text;
    return path.string();
  }

  /// The error that Init answers; the process must then leave by itself, stdin still open.
  static std::string error_of(const udf::Request& init, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"agent"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    StandIn kapacitor(ODDITY_PROGRAM, arguments);
    kapacitor.send(init);
    const auto answer = kapacitor.next();
    EXPECT_TRUE(answer && answer->has_init());
    EXPECT_FALSE(answer->init().success());
    EXPECT_EQ(kapacitor.exit_code(std::chrono::seconds(10)), 1) << "leaves by itself";
    return answer->init().error();
  }

  fs::path folder_;
};

TEST_F(BadInput, AllMistakesInOneMessage) {
  Init init;
  init.size(1).alpha(3);
  const std::string error = error_of(init);
  EXPECT_NE(error.find("option 'field': expected the name of the field to watch"), std::string::npos)
      << error;
  EXPECT_NE(error.find("option 'size': expected a whole number from 2 to 10000000 (samples), got 1"),
            std::string::npos)
      << error;
  EXPECT_NE(error.find("option 'alpha': expected a number between 0 and 1, got 3"), std::string::npos)
      << error;
}

TEST_F(BadInput, NothingGivenNamesWhatIsMissing) {
  const std::string error = error_of(Init());
  for (const char* part : {"field", "the size of the history", "alpha value"})
    EXPECT_NE(error.find(part), std::string::npos) << error;
}

TEST_F(BadInput, AnUnknownAlgorithmNamesThoseThatAreThere) {
  const std::string error = error_of(usual_init().algorithm("ttset"));
  EXPECT_NE(error.find(listed_detectors()), std::string::npos) << error;
  EXPECT_NE(error.find("did you mean 'ttest'?"), std::string::npos) << error;
}

TEST_F(BadInput, AnAlgorithmIsNeverAPath) {
  const std::string error = error_of(usual_init().algorithm("../../x"));
  EXPECT_NE(error.find("'../../x'"), std::string::npos) << error;
  EXPECT_NE(error.find("never a path"), std::string::npos) << error;
}

TEST_F(BadInput, AnOptionThatNoAlgorithmTakes) {
  const std::string error = error_of(usual_init().param("depth", "3"));
  EXPECT_NE(error.find("option 'depth': expected an option of ttest"), std::string::npos) << error;
}

TEST_F(BadInput, DoubleQuotesArriveAsABooleanWithoutAValue) {
  Init init;
  init.size(20).alpha(0.01);
  init.option("field").set_type(udf::BOOL);
  EXPECT_NE(error_of(init).find("single quotes"), std::string::npos);
}

TEST_F(BadInput, AMissingConfigurationIsNamed) {
  EXPECT_NE(
      error_of(usual_init(), {"--config", "/no/such/file.yaml"}).find("configuration '/no/such/file.yaml'"),
      std::string::npos);
}

TEST_F(BadInput, AYamlTypoIsNamedWithItsLineAndTheRightWord) {
  const std::string file = write("typo.yaml", "defaults:\n  size: 20\n  alhpa: 0.1\n");
  const std::string error = error_of(usual_init(), {"--config", file});
  EXPECT_NE(error.find("typo.yaml:3"), std::string::npos) << error;
  EXPECT_NE(error.find("did you mean 'alpha'?"), std::string::npos) << error;
}

TEST_F(BadInput, YamlsAndTickscriptsMistakesComeTogether) {
  const std::string file = write("typo.yaml", "defautls: {}\n");
  const std::string error = error_of(Init().field("x").size(20).alpha(2), {"--config", file});
  EXPECT_NE(error.find("defaults"), std::string::npos) << error;
  EXPECT_NE(error.find("option 'alpha'"), std::string::npos) << error;
}

TEST_F(BadInput, ALibraryThatIsNoPluginCostsOnlyItself) {
  write("broken.so", "this is no library");
  const std::string error = error_of(usual_init().algorithm("broken"), {"--plugins", folder_.string()});
  EXPECT_NE(error.find("broken.so': expected a shared library, got another kind of file"), std::string::npos)
      << error;
}

TEST_F(BadInput, ATruncatedPluginIsToldAndHarmsNobody) {
  const fs::path whole = fs::path(ODDITY_PROGRAM).parent_path().parent_path() / "lib/oddity/plugins/ttest.so";
  fs::copy_file(whole, folder_ / "cut.so");
  fs::resize_file(folder_ / "cut.so", fs::file_size(whole) / 3);
  const std::string error = error_of(usual_init().algorithm("cut"), {"--plugins", folder_.string()});
  EXPECT_NE(error.find("cut.so"), std::string::npos) << error;
}

TEST_F(BadInput, APluginUnderAnotherNameIsRefused) {
  fs::copy_file(fs::path(ODDITY_PROGRAM).parent_path().parent_path() / "lib/oddity/plugins/ttest.so",
                folder_ / "other.so");
  const std::string error = error_of(usual_init().algorithm("other"), {"--plugins", folder_.string()});
  EXPECT_NE(error.find("got 'other' and 'ttest'"), std::string::npos) << error;
}

TEST_F(BadInput, ASystemLibraryIsNoDetector) {
  fs::copy_file("/lib/x86_64-linux-gnu/libm.so.6", folder_ / "math.so");
  const std::string error = error_of(usual_init().algorithm("math"), {"--plugins", folder_.string()});
  EXPECT_NE(error.find("oddity_plugin_entry_v1"), std::string::npos) << error;
}

TEST_F(BadInput, AnUnusableSnapshotStartsFreshAndSaysSo) {
  for (const std::string& state : {std::string("garbage"), std::string(20 << 20, 'x'),
                                   std::string("ODDITY\x1a\n", 8) + std::string(40, '\0')}) {
    Agent kapacitor(usual_init());
    kapacitor.send(restore_request(state));
    const auto answer = kapacitor.next();
    ASSERT_TRUE(answer && answer->has_restore());
    EXPECT_TRUE(answer->restore().success());
    kapacitor.close_input();
    EXPECT_EQ(kapacitor.exit_code(), 0);
    EXPECT_NE(kapacitor.log().find("STATE LOST, starting fresh"), std::string::npos) << kapacitor.log();
  }
}

TEST_F(BadInput, ARefusingConfigurationRefusesAnUnusableSnapshot) {
  const std::string file = write("strict.yaml", "state:\n  onMismatch: refuse\n");
  StandIn kapacitor(ODDITY_PROGRAM, {"agent", "--config", file});
  kapacitor.send(usual_init());
  ASSERT_TRUE(kapacitor.next()->init().success());
  kapacitor.send(restore_request("garbage"));
  EXPECT_FALSE(kapacitor.next()->restore().success());
  EXPECT_EQ(kapacitor.exit_code(), 1);
}

TEST_F(BadInput, AStreamThatIsNoFramesEndsWithAnErrorAndNoCrash) {
  StandIn kapacitor(ODDITY_PROGRAM, {"agent"});
  kapacitor.send_bytes(std::string(64, '\xff'));
  const auto answer = kapacitor.next();
  ASSERT_TRUE(answer && answer->has_error());
  EXPECT_EQ(kapacitor.exit_code(), 1);
}

TEST_F(BadInput, ATruncatedLastFrameIsDroppedAndSaid) {
  Agent kapacitor(usual_init());
  kapacitor.send_bytes(std::string("\x50\x8a\x01", 3));
  kapacitor.close_input();
  EXPECT_EQ(kapacitor.exit_code(), 0);
  EXPECT_NE(kapacitor.log().find("ended inside a frame"), std::string::npos);
}

}  // namespace
}  // namespace oddity::test
