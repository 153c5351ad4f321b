// `oddity plugin`: what is listed, described, installed; and how what is dropped in reaches a task.
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "agent.hpp"
#include "own_detectors.hpp"
#include "run.hpp"

namespace oddity::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class PluginVerbs : public testing::Test {
 protected:
  PluginVerbs() {
    std::string name = (fs::temp_directory_path() / "oddity-plugin-verbs-XXXXXX").string();
    folder = ::mkdtemp(name.data());
  }
  ~PluginVerbs() override { fs::remove_all(folder); }

  std::string here() const { return " --plugins '" + folder.string() + "'"; }
  /// The sentence by which `list` refuses a file of this folder.
  std::string refused(const std::string& file) const {
    for (const json& entry : json::parse(run("plugin list --json" + here()).out))
      if (entry["file"] == (folder / file).string() && entry.contains("refused")) return entry["refused"];
    return {};
  }
  fs::path folder;
};

TEST_F(PluginVerbs, ListTellsWhatIsThereAndWhatIsRefused) {
  std::ofstream(folder / "broken.so") << "no library";
  fs::copy_file(ODDITY_EXAMPLE_PLUGINS "/ranksum.so", folder / "ranksum.so");
  const Finished done = run("plugin list" + here());
  EXPECT_EQ(done.exit_code, 0) << done.errors;
  for (const char* name : own_detectors)
    EXPECT_NE(done.out.find(name), std::string::npos) << name << "\n" << done.out;
  for (const char* part : {"ranksum", "Wilcoxon's rank sum test", "refused: plugin '", "broken.so'"})
    EXPECT_NE(done.out.find(part), std::string::npos) << part << "\n" << done.out;
}

TEST_F(PluginVerbs, ListTellsWhichFileHidesAnother) {
  fs::copy_file(ODDITY_PLUGIN_FOLDER "/ttest.so", folder / "ttest.so");
  int hidden = 0;
  for (const json& entry : json::parse(run("plugin list --json" + here()).out)) {
    if (!entry.contains("hiddenBy")) continue;
    ++hidden;
    EXPECT_EQ(entry["hiddenBy"], (folder / "ttest.so").string());
    EXPECT_EQ(entry["file"], ODDITY_PLUGIN_FOLDER "/ttest.so");
  }
  EXPECT_EQ(hidden, 1);
}

TEST_F(PluginVerbs, ListSearchesTheFoldersOfAConfiguration) {
  fs::create_directory(folder / "mine");
  fs::copy_file(ODDITY_EXAMPLE_PLUGINS "/ranksum.so", folder / "mine" / "ranksum.so");
  std::ofstream(folder / "oddity.yaml") << "plugins:\n  folders: [mine]\n";
  EXPECT_NE(
      run("plugin list --config '" + (folder / "oddity.yaml").string() + "'").out.find("mine/ranksum.so"),
      std::string::npos);
}

TEST_F(PluginVerbs, DescribeIsWholeAsJson) {
  const json ttest = json::parse(run("plugin describe ttest --json --size 1000").out);
  EXPECT_EQ(ttest["name"], "ttest");
  EXPECT_EQ(ttest["abi"], "1.0");
  EXPECT_FALSE(ttest["build"].get<std::string>().empty());
  EXPECT_EQ(ttest["options"][0]["name"], "size");
  EXPECT_EQ(ttest["options"][0]["type"], "int");
  EXPECT_EQ(ttest["options"][0]["least"], 2);
  EXPECT_EQ(ttest["options"][0]["most"], 1e7);
  EXPECT_EQ(ttest["options"][0]["unit"], "samples");
  EXPECT_TRUE(ttest["options"][0]["required"]);
  EXPECT_EQ(ttest["outputs"][0]["name"], "t");
  EXPECT_EQ(ttest["directions"], (json{"both", "above", "below"}));
  EXPECT_EQ(ttest["perGroup"]["size"], 1000);
  EXPECT_LE(ttest["perGroup"]["stateBytes"], 1000 * 8 / 2) << "moments of windows, not their samples";
  EXPECT_LE(ttest["perGroup"]["memoryBytes"], 1000 * 8 / 2);

  const json ks = json::parse(run("plugin describe ks --json --size 1000").out);
  EXPECT_EQ(ks["perGroup"]["stateBytes"], 8 + 8 * 1000) << "the history is full";
  EXPECT_GE(ks["perGroup"]["memoryBytes"], 8 * 1000);
}

TEST_F(PluginVerbs, DescribeTakesNamesAndFiles) {
  const Finished done = run("plugin describe ks " ODDITY_EXAMPLE_PLUGINS "/ranksum.so");
  EXPECT_NE(done.out.find("ks 1.0.0: "), std::string::npos);
  EXPECT_NE(done.out.find("ranksum 1.0.0: "), std::string::npos);
  const Finished unknown = run("plugin describe ttset");
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_NE(unknown.errors.find("did you mean 'ttest'?"), std::string::npos) << unknown.errors;
}

TEST_F(PluginVerbs, InstallPutsAFileInPlaceAndSaysHowToUseIt) {
  const std::string to = (folder / "to").string();
  const Finished done = run("plugin install " ODDITY_EXAMPLE_PLUGINS "/ranksum.so --folder '" + to + "'");
  EXPECT_EQ(done.exit_code, 0) << done.errors;
  EXPECT_NE(done.out.find("installed " + to + "/ranksum.so"), std::string::npos) << done.out;
  EXPECT_NE(done.out.find(".algorithm('ranksum')"), std::string::npos) << done.out;
  EXPECT_EQ(run("plugin describe ranksum --plugins '" + to + "'").exit_code, 0);
}

TEST_F(PluginVerbs, InstallRefusesWhatTheAgentWouldRefuseAndLeavesNothing) {
  std::ofstream(folder / "broken.so") << "no library";
  const Finished done = run("plugin install '" + (folder / "broken.so").string() + "' --folder '" +
                            (folder / "to").string() + "'");
  EXPECT_EQ(done.exit_code, 2);
  EXPECT_NE(done.errors.find("got another kind of file"), std::string::npos) << done.errors;
  EXPECT_FALSE(fs::exists(folder / "to"));
}

TEST_F(PluginVerbs, InstallIntoAFolderOfAllSaysThatItWillBeRefusedThere) {
  fs::permissions(folder, fs::perms(0777));
  const Finished done =
      run("plugin install " ODDITY_EXAMPLE_PLUGINS "/ranksum.so --folder '" + folder.string() + "'");
  EXPECT_EQ(done.exit_code, 2);
  EXPECT_NE(done.errors.find("mode 0777"), std::string::npos) << done.errors;
  EXPECT_NE(done.errors.find("will be refused until this is fixed"), std::string::npos) << done.errors;
}

TEST_F(PluginVerbs, NewNamesWhatItWroteAndWhatComesNext) {
  const Finished done = run("plugin new a_1_b2 --folder '" + (folder / "project").string() + "'");
  EXPECT_EQ(done.exit_code, 0) << done.errors;
  EXPECT_TRUE(fs::exists(folder / "project" / "a_1_b2.cpp"));
  EXPECT_NE(done.out.find("--algorithm a_1_b2"), std::string::npos);
  const Finished again = run("plugin new a_1_b2 --folder '" + (folder / "project").string() + "'");
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_NE(again.errors.find("expected a new or empty folder"), std::string::npos) << again.errors;
}

// The same words everywhere
// ------------------------------------------------------------------------------------

TEST_F(PluginVerbs, ARefusalHasTheSameWordsInTheListTheLogAndTheTasksError) {
  std::ofstream(folder / "broken.so") << "no library";
  fs::copy_file(ODDITY_EXAMPLE_PLUGINS "/ranksum.so", folder / "ranksum.so");
  fs::permissions(folder / "ranksum.so", fs::perms(0666));
  fs::copy_file(ODDITY_PLUGIN_FOLDER "/ttest.so", folder / "cut.so");
  fs::resize_file(folder / "cut.so", 5000);
  fs::copy_file(ODDITY_PLUGIN_FOLDER "/ttest.so", folder / "other.so");
  for (const char* name : {"broken", "ranksum", "cut", "other"}) {
    const std::string sentence = refused(std::string(name) + ".so");
    EXPECT_FALSE(sentence.empty()) << name;
    StandIn kapacitor(ODDITY_PROGRAM, {"agent", "--plugins", folder.string()});
    kapacitor.send(usual_init().algorithm(name));
    const auto answer = kapacitor.next();
    ASSERT_TRUE(answer && answer->has_init());
    EXPECT_NE(answer->init().error().find(sentence), std::string::npos) << sentence << "\n"
                                                                        << answer->init().error();
    EXPECT_EQ(kapacitor.exit_code(), 1);
    EXPECT_NE(kapacitor.log().find(sentence), std::string::npos) << sentence << "\n" << kapacitor.log();
  }
}

// Dropped in while the agent runs
// ------------------------------------------------------------------------------

TEST_F(PluginVerbs, APluginDroppedInAfterInfoIsReachedByItsNameAndItsOptions) {
  StandIn kapacitor(ODDITY_PROGRAM, {"agent", "--plugins", folder.string()});
  kapacitor.send(info_request());
  ASSERT_TRUE(kapacitor.next()->has_info());
  ASSERT_EQ(run("plugin install " ODDITY_EXAMPLE_PLUGINS "/ranksum.so --folder '" + folder.string() + "'")
                .exit_code,
            0);
  kapacitor.send(Init().field("x").alpha(0.001).algorithm("ranksum").param("size", "300"));
  const auto answer = kapacitor.next();
  ASSERT_TRUE(answer && answer->has_init());
  ASSERT_TRUE(answer->init().success()) << answer->init().error();
  for (int turn = 0; turn < 4; ++turn) {
    const Batch batch = batch_until((turn + 1) * 100);
    kapacitor.send(begin_request(batch, 50));
    const std::vector<double> values = wave(turn, 50, turn == 3 ? 21 : 20);
    for (std::size_t i = 0; i < values.size(); ++i)
      kapacitor.send(
          point_request(batch, (turn * 100 + static_cast<std::int64_t>(i)) * second, {{"x", values[i]}}));
    kapacitor.send(end_request(batch));
  }
  kapacitor.close_input();
  std::vector<double> shares, ps;
  for (const auto& response : kapacitor.rest()) {
    if (!response.has_point()) continue;
    shares.push_back(field_of(response.point(), "share"));
    ps.push_back(field_of(response.point(), "pvalue"));
  }
  ASSERT_EQ(shares.size(), 3u) << "the first window meets no history";
  EXPECT_NEAR(shares[1], 0.5, 0.1);
  EXPECT_GT(shares[2], 0.75);
  EXPECT_LT(ps[2], 0.001);
}

}  // namespace
}  // namespace oddity::test
