// `oddity replay` and `oddity demo`, as a user runs them.
#include <gtest/gtest.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "run.hpp"
#include "support/reference.hpp"

namespace oddity::test {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  Files() : folder_(fs::temp_directory_path() / ("oddity-files-" + std::to_string(::getpid()))) {
    fs::create_directory(folder_);
  }
  ~Files() override { fs::remove_all(folder_); }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name)) << text;
    return path(name);
  }
  /// The demo's day as line protocol.
  std::string demo_file() const {
    EXPECT_EQ(run("demo --write " + path("demo.lp") + " --precision s").exit_code, 0);
    return path("demo.lp");
  }
  static std::vector<nlohmann::json> lines(const std::string& text) {
    std::vector<nlohmann::json> all;
    std::stringstream stream(text);
    for (std::string line; std::getline(stream, line);) all.push_back(nlohmann::json::parse(line));
    return all;
  }

 private:
  fs::path folder_;
};

constexpr const char* usual = " --precision s --field hotend --size 3600 --alpha 0.001";

TEST_F(Files, TheDemosDayIsJudgedAsSciPyJudgesIt) {
  const Finished done = run("replay " + demo_file() + usual);
  ASSERT_EQ(done.exit_code, 0) << done.errors;
  const auto all = lines(done.out);
  std::size_t at = 0;
  for (const Record& record : read_reference("demo.csv")) {
    if (record[0] != "hotend") continue;
    ASSERT_LT(at, all.size());
    EXPECT_LT(relative_error(all[at]["fields"]["t"], std::stod(record[2])), 1e-9);
    EXPECT_LT(relative_error(all[at]["fields"]["pvalue"], std::stod(record[3])), 1e-9);
    ++at;
  }
  EXPECT_EQ(at, all.size());
  EXPECT_EQ(all.size(), 287u);
}

TEST_F(Files, ALineHasTimeNameTagsAndFields) {
  const Finished done = run("replay " + demo_file() + usual + " --only-anomalies");
  ASSERT_TRUE(done.out.starts_with(
      R"({"time":"2016-01-01T01:05:00Z","name":"temperatures","tags":{},"fields":{"t":7.8550987)"))
      << done.out;
  const auto fields = lines(done.out).at(0)["fields"];
  EXPECT_TRUE(fields["anomalous"].get<bool>());
  EXPECT_GT(fields["score"].get<double>(), 1);
}

TEST_F(Files, StdinGzipAndOutputGiveTheSame) {
  const std::string file = demo_file();
  const std::string expected = run("replay " + file + usual).out;
  EXPECT_EQ(run(std::string("replay - ") + usual, "cat '" + file + "' | ").out, expected);
  ASSERT_EQ(std::system(("gzip -k '" + file + "'").c_str()), 0);
  EXPECT_EQ(run("replay " + file + ".gz" + usual).out, expected);
  EXPECT_EQ(run("replay " + file + usual + " --output " + path("out.jsonl")).out, "");
  std::stringstream written;
  written << std::ifstream(path("out.jsonl")).rdbuf();
  EXPECT_EQ(written.str(), expected);
}

TEST_F(Files, CsvAndLineProtocolOfTheSameRowsAgree) {
  std::string csv = "when,host,x\n";
  std::string lp;
  for (int i = 0; i < 100; ++i) {
    const std::string host = i % 2 == 0 ? "a" : "b";
    const std::string x = std::to_string(20 + i * 7 % 11);
    csv += std::to_string(1000 + i) + "," + host + "," + x + "\n";
    lp += "m,host=" + host + " x=" + x + " " + std::to_string(1000 + i) + "\n";
  }
  const std::string options = " --field x --size 50 --alpha 0.01 --period 10s --group-by host --precision s";
  const auto from_csv =
      lines(run("replay " + write("rows.csv", csv) + options + " --time-column when --tag-column host").out);
  const auto from_lp = lines(run("replay " + write("rows.lp", lp) + options).out);
  ASSERT_EQ(from_csv.size(), 16u);
  ASSERT_EQ(from_csv.size(), from_lp.size());
  for (std::size_t i = 0; i < from_lp.size(); ++i) {
    EXPECT_EQ(from_csv[i]["fields"], from_lp[i]["fields"]);
    EXPECT_EQ(from_csv[i]["tags"], from_lp[i]["tags"]);
  }
  EXPECT_EQ(from_lp[0]["tags"]["host"], "a");
}

TEST_F(Files, LinesThatCannotBeReadAreNamedAndDoNotEndTheRun) {
  std::string lp;
  for (int i = 0; i < 40; ++i) lp += "m x=" + std::to_string(i % 7) + " " + std::to_string(i) + "\n";
  lp += "this is no line\n";
  for (int i = 40; i < 60; ++i) lp += "m x=" + std::to_string(i % 7) + " " + std::to_string(i) + "\n";
  const std::string file = write("rows.lp", lp);
  const Finished done =
      run("replay " + file + " --field x --size 50 --alpha 0.01 --period 10s --precision s");
  EXPECT_EQ(done.exit_code, 0);
  EXPECT_EQ(lines(done.out).size(), 4u);
  EXPECT_NE(done.errors.find(file + ":41: expected"), std::string::npos) << done.errors;
  EXPECT_NE(done.errors.find("1 lines could not be read"), std::string::npos) << done.errors;
}

TEST_F(Files, MistakesAreOneSentenceEach) {
  const auto error = [](const std::string& command) {
    const Finished done = run(command);
    EXPECT_EQ(done.exit_code, 2) << command;
    return done.errors;
  };
  EXPECT_NE(
      error("replay /no/such/file --field x --size 9 --alpha 0.1")
          .find("input '/no/such/file': expected a file that can be read, got No such file or directory"),
      std::string::npos);
  EXPECT_NE(error("replay - --field x --size 9 --alpha 3")
                .find("--alpha: option 'alpha': expected a number between 0 and 1, got '3'"),
            std::string::npos);
  EXPECT_NE(error("replay - --field x --size 9 --alpha 0.1 --period soon")
                .find("option '--period': expected a duration"),
            std::string::npos);
  EXPECT_NE(error("replay - --field x --size 9 --alpha 0.1 --param depth").find("expected name=value"),
            std::string::npos);
  EXPECT_NE(error("replay - --field x --size 9 --alpha 0.1 --output /no/such/folder/x").find("--output"),
            std::string::npos);
  EXPECT_NE(error("replay " + write("rows.csv", "time,a\n1,2\n") + " --field x --size 9 --alpha 0.1")
                .find("rows.csv:1: expected a column 'x' for the field"),
            std::string::npos);
}

TEST_F(Files, AFieldThatNoRowHasIsSaid) {
  const Finished done = run("replay " + write("rows.lp", "m x=1 1\nm x=2 2\nm x=1 400\n") +
                            " --field hotnd --size 9 --alpha 0.1 --precision s");
  EXPECT_EQ(done.exit_code, 0);
  EXPECT_NE(done.errors.find("no row has a number in field 'hotnd'"), std::string::npos) << done.errors;
}

TEST_F(Files, NoProgressIsShownInAPipe) {
  EXPECT_EQ(run("replay " + demo_file() + usual).errors.find('\r'), std::string::npos);
}

TEST_F(Files, TheDemoFindsWhatWasPlantedAndDrawsIt) {
  const Finished done = run("demo --picture " + path("demo.svg"));
  EXPECT_EQ(done.exit_code, 0) << done.errors;
  for (const char* time : {"T01:05:00Z", "T08:05:00Z", "T08:10:00Z", "T08:15:00Z", "T12:05:00Z", "T12:10:00Z",
                           "T12:15:00Z", "T12:20:00Z", "T12:25:00Z", "T12:30:00Z"}) {
    EXPECT_NE(done.out.find(time), std::string::npos) << time;
  }
  EXPECT_NE(done.out.find("of 861 windows are anomalous: 10 of the 10 planted"), std::string::npos)
      << done.out;
  std::stringstream picture;
  picture << std::ifstream(path("demo.svg")).rdbuf();
  EXPECT_TRUE(picture.str().starts_with("<svg"));
  EXPECT_NE(picture.str().find("08:05 to 08:15"), std::string::npos);
}

TEST_F(Files, ASeedIsTheSameDayEverywhere) {
  std::ifstream file(demo_file());
  std::string first;
  std::getline(file, first);
  EXPECT_EQ(first, "temperatures hotend=220.214726,bed=91.585773,air=71.369366 1451606400");
}

}  // namespace
}  // namespace oddity::test
