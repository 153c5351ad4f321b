#include "plugin/detector.hpp"

#include <gtest/gtest.h>

#include <memory>

#include "base/error.hpp"
#include "support/abi_window.hpp"
#include "support/calm_detector.hpp"

namespace oddity::plugin {
namespace {

struct Moody : test::Calm {
  static constexpr OptionSpec options[] = {{.name = "mood",
                                            .unit = "",
                                            .about = "What to do.",
                                            .default_value = "",
                                            .choices = nullptr,
                                            .min = 0,
                                            .max = 0,
                                            .type = ODDITY_STRING,
                                            .list = 0,
                                            .shapes_state = 0}};
  static constexpr Description description{
      .name = "moody", .version = "1", .about = "Does as told.", .options = options};
  explicit Moody(const Options& given) : Calm(given), mood(given.text("mood")) {
    if (mood == "refuse") throw std::invalid_argument("not in the mood");
  }
  Evaluation evaluate(const Window& window, const Question& question) const {
    if (mood == "throw") throw std::runtime_error("lost temper");
    return Calm::evaluate(window, question);
  }
  std::string_view mood;
};

std::unique_ptr<Algorithm> algorithm(const std::string& mood) {
  Algorithm::Value value;
  value.type = ODDITY_STRING;
  value.texts = {mood};
  return std::make_unique<Algorithm>(
      Library::linked([](const oddity_host* host) { return detail::Exported<Moody>::entry(host); }, "moody"),
      std::vector{value});
}

TEST(Detector, ARefusalOfTheConstructorIsAnErrorOfTheOptions) {
  const auto refusing = algorithm("refuse");
  try {
    const Detector detector(*refusing, 1);
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "algorithm 'moody': refuses its options: not in the mood");
  }
}

TEST(Detector, AnExceptionInsideIsAFailureWithItsText) {
  const auto throwing = algorithm("throw");
  const Detector detector(*throwing, 1);
  const test::AbiWindow window({1});
  const oddity_question question{sizeof question, ODDITY_BOTH, 0.1};
  oddity_evaluation evaluation{};
  evaluation.struct_size = sizeof evaluation;
  try {
    detector.evaluate(window.abi(), question, evaluation);
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_STREQ(failure.what(), "lost temper");
  }
}

TEST(Detector, StateGoesOutAndIn) {
  const auto calm = algorithm("calm");
  const Detector detector(*calm, 1);
  std::string state = "before ";
  detector.snapshot(state);
  EXPECT_EQ(state.size(), 7u + 8u) << "appended";
  Detector again(*calm, 1);
  std::string reason;
  EXPECT_TRUE(again.restore(std::string_view(state).substr(7), 1, reason));
  EXPECT_FALSE(Detector(*calm, 1).restore("short", 1, reason));
  EXPECT_EQ(reason, "the state ends too early");
}

}  // namespace
}  // namespace oddity::plugin
