#include "options/config.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <fstream>

#include "base/error.hpp"

namespace oddity::config {
namespace {

namespace fs = std::filesystem;

/// A file in a folder of its own, removed at the end.
class File {
 public:
  explicit File(const std::string& text)
      : folder_(fs::temp_directory_path() / ("oddity-config-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_ / "plugins");
    std::ofstream(path()) << text;
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { fs::remove_all(folder_); }
  fs::path path() const { return folder_ / "oddity.yaml"; }
  fs::path folder() const { return folder_; }

 private:
  fs::path folder_;
};

/// The diagnostics, the file's path cut to its name.
std::vector<std::string> diagnostics_of(const std::string& text) {
  const File file(text);
  std::vector<std::string> sentences;
  try {
    read(file.path());
  } catch (const Error& error) {
    for (const Diagnostic& diagnostic : error.diagnostics()) {
      std::string sentence = diagnostic.sentence();
      const std::size_t at = sentence.find(file.path().string());
      if (at != std::string::npos) sentence.replace(at, file.path().string().size(), "oddity.yaml");
      sentences.push_back(sentence);
    }
  }
  return sentences;
}

TEST(Config, TheDocumentedFileIsValidAsItStands) {
  const Config config = read(ODDITY_CONFIG);
  EXPECT_EQ(config.state.on_mismatch, OnMismatch::fresh);
  EXPECT_EQ(config.settings.defaults.size(), 17u);
}

/// The file says what holds without it; tests/fronts/kapacitor holds its limits.
TEST(Config, TheDocumentedFileHoldsTheDefaults) {
  const Config documented = read(ODDITY_CONFIG);
  const State usual;
  EXPECT_EQ(documented.state.keep, usual.keep);
  EXPECT_EQ(documented.state.max_kept, usual.max_kept);
  EXPECT_EQ(documented.state.max_snapshot, usual.max_snapshot);
  EXPECT_EQ(documented.state.dir, usual.dir);
}

TEST(Config, EveryKeyIsRead) {
  const File file(
      "plugins:\n  folders: [plugins]\n"
      "defaults:\n  field: [a, b]\n  size: 50\n"
      "algorithms:\n  ks:\n    size: 20\n"
      "limits:\n  call: 90s\n  heartbeat: 250ms\n  outputStall: 1m\n  endStall: 3s\n  endCall: 4s\n"
      "  inbox: 2MiB\n"
      "state:\n  onMismatch: refuse\n  dir: saved\n  keep: 2d\n  maxKept: 7MB\n  maxSnapshot: 5MB\n");
  const Config config = read(file.path());
  EXPECT_EQ(config.plugin_folders, std::vector<fs::path>{file.folder() / "plugins"})
      << "relative to the file";
  ASSERT_EQ(config.settings.defaults.size(), 3u);
  EXPECT_EQ(std::get<options::Text>(config.settings.defaults[1].value).text, "b");
  EXPECT_TRUE(config.settings.defaults[2].origin.ends_with("oddity.yaml:5"));
  ASSERT_EQ(config.settings.algorithms.size(), 1u);
  EXPECT_EQ(config.settings.algorithms[0].settings[0].name, "size");
  constexpr std::int64_t second = 1'000'000'000;
  EXPECT_EQ(config.limits.call, 90 * second);
  EXPECT_EQ(config.limits.heartbeat, second / 4);
  EXPECT_EQ(config.limits.output_stall, 60 * second);
  EXPECT_EQ(config.limits.end_stall, 3 * second);
  EXPECT_EQ(config.limits.end_call, 4 * second);
  EXPECT_EQ(config.limits.inbox, 2 << 20);
  EXPECT_EQ(config.state.on_mismatch, OnMismatch::refuse);
  EXPECT_EQ(config.state.dir, file.folder() / "saved") << "relative to the file";
  EXPECT_EQ(config.state.keep, 2 * 86'400 * second);
  EXPECT_EQ(config.state.max_kept, 7'000'000);
  EXPECT_EQ(config.state.max_snapshot, 5'000'000);
}

TEST(Config, StateCanBeKeptNowhere) {
  const File file("state: {dir: off}\n");
  EXPECT_EQ(read(file.path()).state.dir, fs::path());
}

TEST(Config, AnEmptyFileIsFine) {
  EXPECT_TRUE(diagnostics_of("").empty());
  EXPECT_TRUE(diagnostics_of("defaults:\nplugins:\n").empty());
}

TEST(Config, MistakesHaveFileLineAndMend) {
  using Sentences = std::vector<std::string>;
  EXPECT_EQ(
      diagnostics_of("defautls:\n  size: 3\n"),
      Sentences{"oddity.yaml:1: expected a key of the file, got 'defautls' (did you mean 'defaults'?)"});
  EXPECT_EQ(diagnostics_of("defaults:\n  size: 3\n  size: 4\n"),
            Sentences{"oddity.yaml:3: expected each key once, got 'size' again"});
  EXPECT_EQ(diagnostics_of("defaults: 3\n"),
            Sentences{"oddity.yaml:1: expected defaults to be a map of keys and values, got something else"});
  EXPECT_EQ(
      diagnostics_of("defaults:\n  field: {a: b}\n"),
      Sentences{"oddity.yaml:2: expected 'field' to be a value or a list of values, got something else"});
  EXPECT_EQ(diagnostics_of("state:\n  onMismatch: refsue\n"),
            Sentences{"oddity.yaml:2: expected 'onMismatch' to be fresh or refuse, got 'refsue' (did you "
                      "mean 'refuse'?)"});
  EXPECT_EQ(
      diagnostics_of("limits:\n  call: soon\n"),
      Sentences{"oddity.yaml:2: expected 'call' to be a duration such as 500ms, 30s or 7d, got 'soon'"});
  EXPECT_EQ(diagnostics_of("limits:\n  call: 0s\n"),
            Sentences{"oddity.yaml:2: expected 'call' to be a duration such as 500ms, 30s or 7d, got '0s'"});
  EXPECT_EQ(diagnostics_of("state:\n  maxSnapshot: 3XB\n"),
            Sentences{"oddity.yaml:2: expected 'maxSnapshot' to be a size such as 8MiB or 32MB, got '3XB'"});
  EXPECT_EQ(diagnostics_of("limits:\n  cal: 3s\n"),
            Sentences{"oddity.yaml:2: expected a key of limits, got 'cal' (did you mean 'call'?)"});
  EXPECT_EQ(diagnostics_of("- a\n"),
            Sentences{"oddity.yaml:1: expected the file to be a map of keys and values, got something else"});
}

TEST(Config, AllMistakesComeAtOnce) {
  EXPECT_EQ(diagnostics_of("defautls: {}\nstate:\n  onMismatch: x\nplugins:\n  folders: nowhere\n").size(),
            3u);
}

TEST(Config, WhatIsNoYamlIsNamedWithItsLine) {
  const auto diagnostics = diagnostics_of("defaults:\n  size: [3\n");
  ASSERT_EQ(diagnostics.size(), 1u);
  EXPECT_TRUE(diagnostics[0].starts_with("oddity.yaml:")) << diagnostics[0];
}

TEST(Config, ASecondDocumentIsNamedWithItsLine) {
  EXPECT_EQ(
      diagnostics_of("defaults:\n  size: 3\n---\n# then\nstate:\n  dir: off\n"),
      std::vector<std::string>{
          "oddity.yaml:5: expected one YAML document, got the beginning of another (put all keys below one "
          "another, without a line of three hyphens between them)"});
  for (const char* one : {"---\ndefaults: {size: 3}\n", "defaults: {size: 3}\n---\n",
                          "defaults: {size: 3}\n...\n", "%YAML 1.2\n---\ndefaults: {size: 3}\n"})
    EXPECT_TRUE(diagnostics_of(one).empty()) << one;
}

/// The parser makes empty documents of it without end.
TEST(Config, ABraceAfterATagEndsTheReading) {
  for (const std::string& sentence : diagnostics_of("!tag;h,ra}\n"))
    EXPECT_TRUE(sentence.starts_with("oddity.yaml:"));
}

TEST(Config, AFolderIsNoFile) {
  try {
    read("/");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "configuration '/': expected a YAML file, got a folder");
  }
}

/// What is right in a file with mistakes is checked further, so that all of them come at once.
TEST(Config, WhatCouldBeReadOfAWrongFileIsKept) {
  std::vector<Diagnostic> diagnostics;
  const Config config = read_text("defaults:\n  size: 3\n  alhpa: 4\nlimits:\n  call: 3s\n",
                                  "/nowhere/oddity.yaml", diagnostics);
  EXPECT_EQ(diagnostics.size(), 1u);
  ASSERT_EQ(config.settings.defaults.size(), 1u);
  EXPECT_EQ(config.settings.defaults[0].name, "size");
  EXPECT_EQ(config.limits.call, 3'000'000'000);
}

TEST(Config, AMissingFileIsNamed) {
  try {
    read("/no/such/oddity.yaml");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(
        error.what(),
        "configuration '/no/such/oddity.yaml': expected a YAML file, got a file that cannot be read");
  }
}

RC_GTEST_PROP(Config, NoTextIsACrash, ()) {
  const auto words = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("defaults", ":", "\n", "  ", "size", "3", "[", "]", "{", "}", "-", "&a",
                                    "*a", "!x", "'", "\"", "#", "plugins", "\t", "\xff"));
  std::string text;
  for (const std::string& word : words) text += word;
  const File file(text);
  try {
    read(file.path());
  } catch (const Error&) {
  }
}

}  // namespace
}  // namespace oddity::config
