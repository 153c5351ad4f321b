// The headers as a plugin sees them, and the C ABI beside them.
#include "oddity/export.hpp"

#include <gtest/gtest.h>

#include "numerics/tails.hpp"
#include "oddity/version.h"
#include "support/abi_window.hpp"

extern "C" double oddity_test_c_detector(const oddity_window* window);

namespace oddity {
namespace {

/// The least that is a detector: remembers how many rows it learned, and breaks on demand.
class Counting {
 public:
  static constexpr OptionSpec options[] = {{.name = "mood",
                                            .unit = "",
                                            .about = "What to do.",
                                            .default_value = "calm",
                                            .choices = "calm|refuse|throw",
                                            .min = 0,
                                            .max = 0,
                                            .type = ODDITY_STRING,
                                            .list = 0,
                                            .shapes_state = 0}};
  static constexpr OutputSpec outputs[] = {{.name = "rows", .unit = "", .about = "Rows learned."}};
  static constexpr Description description{
      .name = "counting", .version = "1", .about = "Counts.", .options = options, .outputs = outputs};

  explicit Counting(const Options& given) : mood_(given.text("mood")) {
    if (mood_ == "refuse") throw std::invalid_argument("not today");
  }
  Evaluation evaluate(const Window&, const Question&) const {
    if (mood_ == "throw") throw 42;
    Evaluation answer;
    answer.p = 0.25;
    answer.outputs[0] = static_cast<double>(rows_);
    return answer;
  }
  void update(const Window& window, Learn learn) { rows_ += learn == Learn::yes ? window.fresh() : 0; }
  void snapshot(StateWriter& out) const { out.write(rows_); }
  void restore(StateReader& in, std::uint32_t) { rows_ = in.read<std::uint64_t>(); }
  std::size_t footprint() const noexcept { return sizeof *this; }

 private:
  std::string_view mood_;
  std::uint64_t rows_ = 0;
};

std::int32_t append(void* context, const void* bytes, std::uint64_t size) {
  static_cast<std::string*>(context)->append(static_cast<const char*>(bytes), size);
  return 0;
}

/// Calls Counting through its table, as the host does.
class ThroughTheAbi : public testing::Test {
 protected:
  void* create(const char* mood) {
    mood_ = mood;
    return table->create(&value_, 1, &error_);
  }
  const oddity_plugin* table = detail::Exported<Counting>::entry(&tails::host());
  std::string text;
  oddity_sink error_{&text, &append};

 private:
  const char* mood_ = nullptr;
  oddity_value value_{&mood_, 1, ODDITY_STRING};
};

TEST_F(ThroughTheAbi, AnEvaluationComesBackWhole) {
  void* const instance = create("calm");
  const test::AbiWindow window({1, 2, 3}, 2);
  const oddity_question question{sizeof question, ODDITY_BOTH, 0.01};
  EXPECT_EQ(table->update(instance, &window.abi(), ODDITY_LEARN_YES, &error_), ODDITY_OK);
  oddity_evaluation evaluation{};
  evaluation.struct_size = sizeof evaluation;
  EXPECT_EQ(table->evaluate(instance, &window.abi(), &question, &evaluation, &error_), ODDITY_OK);
  EXPECT_EQ(evaluation.p, 0.25);
  EXPECT_EQ(evaluation.outputs[0], 2);
  table->destroy(instance);
}

TEST_F(ThroughTheAbi, AnOlderHostsShorterEvaluationIsNotOverrun) {
  void* const instance = create("calm");
  const test::AbiWindow window({1, 2, 3});
  const oddity_question question{sizeof question, ODDITY_BOTH, 0.01};
  oddity_evaluation evaluation{};
  evaluation.struct_size = offsetof(oddity_evaluation, strength);
  evaluation.strength = 7;
  EXPECT_EQ(table->evaluate(instance, &window.abi(), &question, &evaluation, &error_), ODDITY_OK);
  EXPECT_EQ(evaluation.p, 0.25);
  EXPECT_EQ(evaluation.strength, 7);
  table->destroy(instance);
}

TEST_F(ThroughTheAbi, ARefusedOptionBecomesItsText) {
  EXPECT_EQ(create("refuse"), nullptr);
  EXPECT_EQ(text, "not today");
}

TEST_F(ThroughTheAbi, WhateverIsThrownStaysInside) {
  void* const instance = create("throw");
  const test::AbiWindow window({1});
  const oddity_question question{sizeof question, ODDITY_BOTH, 0.01};
  oddity_evaluation evaluation{};
  evaluation.struct_size = sizeof evaluation;
  EXPECT_EQ(table->evaluate(instance, &window.abi(), &question, &evaluation, &error_), ODDITY_BROKEN);
  EXPECT_FALSE(text.empty());
  table->destroy(instance);
}

TEST_F(ThroughTheAbi, AStateThatGoesOnAfterItsEndIsRefused) {
  void* const instance = create("calm");
  const std::string bytes(9, '\0');
  EXPECT_EQ(table->restore(instance, bytes.data(), bytes.size(), 1, &error_), ODDITY_REFUSED);
  table->destroy(instance);
}

TEST(Version, IsTheProjectsAndThatOfItsParts) {
  EXPECT_STREQ(ODDITY_VERSION, ODDITY_PROJECT_VERSION);
  EXPECT_EQ(std::to_string(ODDITY_VERSION_MAJOR) + "." + std::to_string(ODDITY_VERSION_MINOR) + "." +
                std::to_string(ODDITY_VERSION_PATCH),
            ODDITY_VERSION);
}

TEST(AbiVersion, IsInTheNameOfTheEntry) {
  EXPECT_EQ("oddity_plugin_entry_v" + std::to_string(ODDITY_ABI_MAJOR), ODDITY_ENTRY_SYMBOL);
  EXPECT_EQ("oddity_plugin_entry_v" + std::to_string(ODDITY_ABI_MAJOR + 1), ODDITY_NEXT_ENTRY_SYMBOL);
  EXPECT_EQ(tails::host().abi_minor, ODDITY_ABI_MINOR);
}

TEST_F(ThroughTheAbi, AnOlderHostIsRefused) {
  oddity_host older = tails::host();
  older.struct_size = ODDITY_THROUGH(oddity_host, normal_quantile);
  EXPECT_EQ(detail::Exported<Counting>::entry(&older), nullptr);
  EXPECT_EQ(detail::Exported<Counting>::entry(nullptr), nullptr);
}

TEST_F(ThroughTheAbi, ANewerHostsLongerTablesAreWelcome) {
  static oddity_host newer;  // the plugin keeps it
  newer = tails::host();
  newer.struct_size += 8;
  newer.abi_minor += 1;
  EXPECT_NE(detail::Exported<Counting>::entry(&newer), nullptr);
}

/// Cannot do without something that came with ABI 1.3.
struct Demanding : Counting {
  using Counting::Counting;
  static constexpr Description description{
      .name = "demanding", .version = "1", .about = "Wants more.", .min_host_minor = 3};
  static const void* capability(std::string_view name) { return name == "sample/1" ? &description : nullptr; }
};

TEST(Exported, ADetectorMaySayWhichHostItNeedsAtLeast) {
  static oddity_host host;  // the plugin keeps it
  host = tails::host();
  EXPECT_EQ(detail::Exported<Demanding>::entry(&host), nullptr);
  host.abi_minor = 3;
  EXPECT_NE(detail::Exported<Demanding>::entry(&host), nullptr);
}

TEST(Exported, AFurtherInterfaceIsAskedForByName) {
  static oddity_host host;  // the plugin keeps it
  host = tails::host();
  host.abi_minor = 3;
  const oddity_plugin* const demanding = detail::Exported<Demanding>::entry(&host);
  EXPECT_EQ(demanding->capability("sample/1"), &Demanding::description);
  EXPECT_EQ(demanding->capability("sample/2"), nullptr);
  EXPECT_EQ(detail::Exported<Counting>::entry(&host)->capability("sample/1"), nullptr);
}

TEST(Exported, IsUsableFromC) {
  const test::AbiWindow window({1, 2});
  EXPECT_EQ(oddity_test_c_detector(&window.abi()), 0.5);
}

}  // namespace
}  // namespace oddity
