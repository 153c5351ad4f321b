// `oddity config`: every mistake of a deployment with its line, and what is right where nothing is wrong.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "run.hpp"
#include "support/detector_names.hpp"

namespace oddity::test {
namespace {

namespace fs = std::filesystem;

class ConfigVerb : public testing::Test {
 protected:
  ConfigVerb() {
    std::string name = (fs::temp_directory_path() / "oddity-config-verb-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~ConfigVerb() override { fs::remove_all(folder_); }

  Finished check(const std::string& yaml, const std::string& more = "") const {
    std::ofstream(folder_ / "oddity.yaml") << yaml;
    return run("config check '" + (folder_ / "oddity.yaml").string() + "'" + more);
  }
  /// The mistakes, a line each, the file's path cut to its name.
  std::vector<std::string> mistakes(const std::string& yaml, const std::string& more = "") const {
    const Finished done = check(yaml, more);
    EXPECT_EQ(done.exit_code, 1);
    EXPECT_EQ(done.out, "");
    std::vector<std::string> all;
    std::istringstream lines(done.errors);
    for (std::string line; std::getline(lines, line);) {
      const std::string path = folder_.string() + "/";
      for (std::size_t at = line.find(path); at != std::string::npos; at = line.find(path))
        line.erase(at, path.size());
      all.push_back(line);
    }
    return all;
  }
  using Lines = std::vector<std::string>;

  fs::path folder_;
};

TEST_F(ConfigVerb, SaysWhatIsRightWhereNothingIsWrong) {
  const Finished done = check(
      "defaults:\n  alpha: 0.001\n  algorithm: [ttest, ks]\n  size: 3600\n"
      "algorithms:\n  ks:\n    size: 1800\n  zscore: {size: 90}\n"
      "limits:\n  heartbeat: 250ms\n  inbox: 2MB\nstate:\n  dir: saved\n  keep: 2d\n  onMismatch: refuse\n");
  EXPECT_EQ(done.exit_code, 0) << done.errors;
  EXPECT_EQ(done.errors, "");
  for (const std::string& part :
       {std::string("oddity.yaml: no mistake\n"),
        std::string("alpha=0.001 algorithm=[ttest, ks] ttl=0s maxGroups=100000 direction=both "),
        std::string("  ttest      size=3600 from " ODDITY_PLUGIN_FOLDER "/ttest.so\n"),
        std::string("  ks         size=1800 from "), std::string("  zscore     size=90 from "),
        std::string("heartbeat=250ms inbox=2MB\n"),
        "saved at a stop in '" + (folder_ / "saved").string() + "' and kept for 2d; at most 32MB",
        std::string("one that cannot be used: refuse"),
        std::string("  left open  field: to be given in TICKscript or on the command line\n")})
    EXPECT_NE(done.out.find(part), std::string::npos) << part << "\n" << done.out;
}

TEST_F(ConfigVerb, EachLimitIsShownUnderItsName) {
  const Finished done = check(
      "limits: {call: 11s, heartbeat: 2s, outputStall: 13s, endStall: 14s, endCall: 15s, inbox: 6MB}\n");
  EXPECT_NE(done.out.find(
                "  limits     call=11s heartbeat=2s outputStall=13s endStall=14s endCall=15s inbox=6MB\n"),
            std::string::npos)
      << done.out << done.errors;
}

TEST_F(ConfigVerb, AnEmptyFileLeavesOpenWhatAUseHasToGive) {
  const Finished done = check("");
  EXPECT_EQ(done.exit_code, 0) << done.errors;
  EXPECT_NE(done.out.find("left open  field, alpha, size: to be given"), std::string::npos) << done.out;
}

TEST_F(ConfigVerb, TheDocumentedFileIsRight) {
  const Finished done = run("config check '" ODDITY_SOURCE "/config/oddity.yaml'");
  EXPECT_EQ(done.exit_code, 0) << done.errors;
}

/// Right one by one, and no use together.
TEST_F(ConfigVerb, ADirectionThatADetectorDoesNotServeHasItsLine) {
  EXPECT_EQ(
      mistakes("defaults: {field: x, size: 50, alpha: 0.01, algorithm: ks,\n"
               "  direction: above}\n"),
      (Lines{
          "oddity.yaml:2: option 'direction': expected one that algorithm 'ks' serves: both, got 'above'"}));
}

TEST_F(ConfigVerb, EveryMistakeHasItsLine) {
  const std::string detectors = "one of the detectors in " ODDITY_PLUGIN_FOLDER ": " + listed_detectors();
  EXPECT_EQ(
      mistakes("defaults:\n"                    // 1
               "  alpha: 5\n"                   // 2
               "  ttl: soon\n"                  // 3
               "  maxGroups: [1, 2]\n"          // 4
               "  sise: 9\n"                    // 5
               "algorithms:\n"                  // 6
               "  ttest:\n"                     // 7
               "    size: 1\n"                  // 8
               "    depth: 3\n"                 // 9
               "  kss: {size: 9}\n"             // 10
               "limits: {call: never}\n"        // 11
               "state: {maxSnapshot: 3XB}\n"),  // 12
      (Lines{"oddity.yaml:5: expected a key of defaults, got 'sise' (did you mean 'size'?)",
             "oddity.yaml:11: expected 'call' to be a duration such as 500ms, 30s or 7d, got 'never'",
             "oddity.yaml:12: expected 'maxSnapshot' to be a size such as 8MiB or 32MB, got '3XB'",
             "oddity.yaml:2: option 'alpha': expected a number between 0 and 1, got '5'",
             "oddity.yaml:3: option 'ttl': expected a duration such as 5m from 0s to 36500d, got 'soon'",
             "oddity.yaml:4: option 'maxGroups': expected one value, got 2 (give it once)",
             "oddity.yaml:10: option 'algorithm': 'kss': expected " + detectors +
                 ", got an unknown name (did you mean 'ks'?)",
             ("oddity.yaml:9: option 'depth': expected an option of ttest, got an unknown name (it "
              "takes size)"),
             "oddity.yaml:8: option 'size': expected a whole number from 2 to 10000000 (samples), got '1'"}));
}

TEST_F(ConfigVerb, ADetectorThatIsNoneIsToldWhereItIsNamed) {
  fs::create_directory(folder_ / "mine");
  std::ofstream(folder_ / "mine" / "broken.so") << "no library";
  fs::permissions(folder_ / "mine", fs::perms::owner_all);
  fs::permissions(folder_ / "mine" / "broken.so", fs::perms::owner_all);
  for (const char* named : {"defaults: {algorithm: broken}\n", "algorithms: {broken: {}}\n"}) {
    const Lines all = mistakes(std::string("plugins: {folders: [mine]}\n") + named);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_TRUE(all[0].starts_with("oddity.yaml:2: option 'algorithm': 'broken': ")) << all[0];
    EXPECT_NE(all[0].find("expected a shared library, got another kind of file"), std::string::npos)
        << all[0];
  }
  EXPECT_EQ(check("algorithms: {ranksum: {size: 40}}\n", " --plugins '" ODDITY_EXAMPLE_PLUGINS "'").exit_code,
            0);
  EXPECT_EQ(mistakes("plugins: {folders: [nowhere]}\n"),
            Lines{"oddity.yaml:1: expected a folder, got 'nowhere', which is not a folder"});
}

/// Each value is permitted; it is the detector's constructor that refuses them.
TEST_F(ConfigVerb, WhatADetectorRefusesIsToldAtItsSection) {
  const Lines all =
      mistakes("defaults: {size: 200}\nalgorithms:\n  misbehaves:\n    fault: throws-when-made\n",
               " --plugins '" ODDITY_MISBEHAVING "'");
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0], "oddity.yaml:4: algorithm 'misbehaves': refuses its options: cannot be made");
}

TEST_F(ConfigVerb, ASecondDocumentHasItsPlace) {
  EXPECT_EQ(
      mistakes("defaults:\n  size: 20\n---\ndefaults:\n  alpha: 0.1\n"),
      Lines{"oddity.yaml:4: expected one YAML document, got the beginning of another (put all keys below one "
            "another, without a line of three hyphens between them)"});
  for (const char* one : {"---\ndefaults: {size: 20}\n", "defaults: {size: 20}\n---\n",
                          "defaults: {size: 20}\n...\n", "# nothing\n---\n# still nothing\n"})
    EXPECT_EQ(check(one).exit_code, 0) << one;
}

TEST_F(ConfigVerb, WhatIsNoFileIsSaid) {
  const auto of = [&](const fs::path& path) { return run("config check '" + path.string() + "'"); };
  EXPECT_EQ(of(folder_).exit_code, 1);
  EXPECT_EQ(of(folder_).errors,
            "configuration '" + folder_.string() + "': expected a YAML file, got a folder\n");
  EXPECT_EQ(of("/no/such/file.yaml").errors,
            "configuration '/no/such/file.yaml': expected a YAML file, got a file that cannot be read\n");
}

TEST_F(ConfigVerb, AStateFolderThatCannotBeMadeHasItsPlace) {
  std::ofstream(folder_ / "file") << "a file";
  EXPECT_EQ(mistakes("state:\n  dir: file\n"), Lines{"oddity.yaml:2: expected 'dir' to be a folder, or one "
                                                     "that can be made, got 'file' where 'file' is none"});
  EXPECT_EQ(mistakes("state:\n  dir: file/states\n"),
            Lines{"oddity.yaml:2: expected 'dir' to be a folder, or one that can be made, got 'file/states' "
                  "where 'file' "
                  "is none"});
  EXPECT_EQ(check("state:\n  dir: not/there/yet\n").exit_code, 0);
}

/// The same on every way by which a file is given.
TEST_F(ConfigVerb, AFolderAndASecondDocumentAreErrorsOfEveryVerb) {
  std::ofstream(folder_ / "two.yaml") << "defaults: {size: 20}\n---\ndefaults: {alpha: 0.1}\n";
  for (const std::string& verb :
       {std::string("replay - --field x --size 9 --alpha 0.1"), std::string("plugin list")}) {
    const Finished folder = run(verb + " --config '" + folder_.string() + "'");
    EXPECT_EQ(folder.exit_code, 2) << verb;
    EXPECT_NE(folder.errors.find("expected a YAML file, got a folder"), std::string::npos) << folder.errors;
    const Finished two = run(verb + " --config '" + (folder_ / "two.yaml").string() + "'");
    EXPECT_EQ(two.exit_code, 2) << verb;
    EXPECT_NE(two.errors.find("two.yaml:3: expected one YAML document"), std::string::npos) << two.errors;
  }
}

TEST_F(ConfigVerb, SeveralFilesAreCheckedOneByOne) {
  std::ofstream(folder_ / "right.yaml") << "defaults: {size: 20}\n";
  std::ofstream(folder_ / "wrong.yaml") << "defaults: {size: 1}\n";
  const std::string right = "'" + (folder_ / "right.yaml").string() + "' ";
  const std::string wrong = "'" + (folder_ / "wrong.yaml").string() + "' ";
  const Finished done = run("config check " + wrong + right);
  EXPECT_EQ(done.exit_code, 1);
  EXPECT_NE(done.out.find("right.yaml: no mistake"), std::string::npos) << done.out;
  EXPECT_NE(done.errors.find("wrong.yaml:1: option 'size'"), std::string::npos) << done.errors;
  EXPECT_EQ(run("config check " + right + right).exit_code, 0);
}

TEST_F(ConfigVerb, OptionsAreShownForPeopleAndForPages) {
  const std::string text = run("config options").out, page = run("config options --markdown").out;
  EXPECT_NE(text.find("alpha            a number between 0 and 1; required, or falseAlarms\n"),
            std::string::npos)
      << text;
  EXPECT_NE(page.find("| alpha | `.alpha(0.001)` |"), std::string::npos) << page;
}

}  // namespace
}  // namespace oddity::test
