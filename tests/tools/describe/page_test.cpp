// What a detector says of itself, in each of the three forms.
#include "describe/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "oddity/export.hpp"

namespace oddity::describe {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Has an option of each type.
struct Sample {
  static constexpr OptionSpec options[] = {
      {"mode", "", "How | to look.", "calm", "calm|eager", 0, 0, ODDITY_STRING, 0, 1},
      {"gap", "", "Longest gap.", "5m", nullptr, 0, 3.6e12, ODDITY_DURATION, 0, 0},
      {"levels", "K", "Levels to watch.", nullptr, nullptr, -10, 10, ODDITY_DOUBLE, 1, 0},
      {"strict", "", "Whether to be strict.", "false", nullptr, 0, 0, ODDITY_BOOL, 0, 0},
      {"depth", "samples", "How deep.", nullptr, nullptr, 1, 9, ODDITY_INT, 0, 0}};
  static constexpr OutputSpec outputs[] = {{"y", "K", "An output."}};
  static constexpr Description description{.name = "sample",
                                           .version = "1.2",
                                           .about = "A sample.",
                                           .options = options,
                                           .outputs = outputs,
                                           .directions = serves_both | serves_above,
                                           .state_version = 3,
                                           .oldest_state_version = 2,
                                           .offers = offers_expected | offers_effect};
  explicit Sample(const Options&) {}
  Evaluation evaluate(const Window&, const Question&) const { return {}; }
  void update(const Window&, Learn) {}
  void snapshot(StateWriter&) const {}
  void restore(StateReader&, std::uint32_t) {}
  std::size_t footprint() const noexcept { return sizeof *this; }
};

Page sample() {
  return {plugin::Library::linked(
              [](const oddity_host* host) { return detail::Exported<Sample>::entry(host); }, "sample"),
          {.wrong = {}, .size = 3600, .samples = 4536, .memory = 30'176, .state = 28'824}};
}

TEST(Text, HasEveryOptionWithItsRangeDefaultAndUnit) {
  const std::string all = text(sample());
  EXPECT_THAT(all, HasSubstr("sample 1.2: A sample."));
  EXPECT_THAT(all, HasSubstr("one of calm, eager; default calm"));
  EXPECT_THAT(all, HasSubstr("a duration such as 5m from 0s to 1h; default 5m"));
  EXPECT_THAT(all, HasSubstr("a number from -10 to 10 (K); may be left out"));
  EXPECT_THAT(all, HasSubstr("true or false; default false"));
  EXPECT_THAT(all, HasSubstr("a whole number from 1 to 9 (samples); required"));
  EXPECT_THAT(all, HasSubstr("An output. (K)"));
  EXPECT_THAT(all, HasSubstr("directions both, above"));
  EXPECT_THAT(all, HasSubstr("30.2 kB of memory and 28.8 kB of saved state, at size 3600"));
  EXPECT_THAT(all, HasSubstr("version 3, reads from version 2 on"));
  EXPECT_THAT(all, HasSubstr("ABI 1.0"));
  EXPECT_THAT(all, HasSubstr("expected, effect"));
}

TEST(Markdown, LeavesOutWhatChangesWithTheBuildAndKeepsTablesWhole) {
  const std::string page = markdown(sample());
  EXPECT_THAT(page, HasSubstr("# sample 1.2\n"));
  EXPECT_THAT(page, HasSubstr("How \\| to look."));
  EXPECT_THAT(page, Not(HasSubstr("gcc")));
  EXPECT_THAT(page, Not(HasSubstr("clang")));
  EXPECT_THAT(page, HasSubstr("| and always with | expected, effect |"));
}

TEST(Json, HasTheSameForPrograms) {
  const auto all = json(sample());
  EXPECT_EQ(all["options"][0]["choices"], (nlohmann::ordered_json{"calm", "eager"}));
  EXPECT_TRUE(all["options"][0]["shapesState"]);
  EXPECT_EQ(all["options"][1]["type"], "duration");
  EXPECT_FALSE(all["options"][2]["required"]) << "a list may be empty";
  EXPECT_TRUE(all["options"][2]["list"]);
  EXPECT_TRUE(all["options"][4]["required"]);
  EXPECT_TRUE(all["options"][4]["default"].is_null());
  EXPECT_EQ(all["directions"], (nlohmann::ordered_json{"both", "above"}));
  EXPECT_EQ(all["perGroup"]["memoryBytes"], 30'176);
  EXPECT_EQ(all["offers"], (nlohmann::ordered_json{"expected", "effect"}));
  EXPECT_EQ(all["stateVersion"], 3);
}

TEST(AnUnmeasuredDetector, SaysWhy) {
  Page page = sample();
  page.measured = {};
  EXPECT_THAT(text(page), HasSubstr("not measured: it refuses its own defaults"));
  EXPECT_TRUE(json(page)["perGroup"].is_null());
}

TEST(Entries, TellGoodRefusedAndHiddenOnesApart) {
  const std::vector<Entry> entries{{"/a/sample.so", "", "", sample()},
                                   {"/a/bad.so", "plugin '/a/bad.so': expected a shared library", "", {}},
                                   {"/b/sample.so", "", "/a/sample.so", {}}};
  EXPECT_THAT(text(entries), HasSubstr("refused: plugin '/a/bad.so': expected a shared library\n"));
  EXPECT_THAT(text(entries), HasSubstr("hidden: /b/sample.so by /a/sample.so\n"));
  EXPECT_THAT(markdown(entries),
              HasSubstr("| sample | 1.2 | A sample. | `mode`, `gap`, `levels`, `strict`, `depth` |"));
  const auto all = json(entries);
  EXPECT_EQ(all[0]["name"], "sample");
  EXPECT_EQ(all[1]["refused"], "plugin '/a/bad.so': expected a shared library");
  EXPECT_EQ(all[2]["hiddenBy"], "/a/sample.so");
  EXPECT_EQ(text(std::vector<Entry>{}), "no detector can be used\n");
}

}  // namespace
}  // namespace oddity::describe
