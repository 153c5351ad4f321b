// False alarms on a history that is short, and series that never come out of one: the figures of
// plugins/zscore/README.md, measured here, and of those that came after it.
//
// Noise alone, so every alarm is false; alpha 0.001. A window below alpha is not learned, as in
// the core, so a series whose first few samples happen to lie close together can stick:
// everything is odd, nothing is learned.
#include <gtest/gtest.h>

#include <cstdio>
#include <random>

#include "instance.hpp"
#include "own_classes.hpp"

namespace oddity::plugins {
namespace {

constexpr double alpha = 0.001;

/// z as zscore has it, with the p that takes the history's spread for the truth and equality for proof.
class TextbookZScore : public ZScore {
 public:
  using ZScore::ZScore;
  Evaluation evaluate(const Window& window, const Question& question) const {
    Evaluation answer = ZScore::evaluate(window, question);
    if (answer.outcome == Outcome::judged)
      answer.p = p_value(answer.outputs[0], question.direction, [](double z) { return normal_sf(z); });
    if (answer.outcome == Outcome::constant) answer.p = answer.observed == answer.expected ? 1 : 0;
    return answer;
  }
};

struct Figures {
  double alarms;  ///< share of the judged windows
  double stuck;   ///< share of the series that alarm in most of their last hundred windows
};

/// `rounded_to`: the step of the noise's values in standard deviations, 0: none.
template <class D>
Figures measure(std::size_t rows, double rounded_to, int series = 1'000) {
  constexpr int windows = 400;
  std::mt19937_64 random(20160101);
  std::normal_distribution<double> normal(20, 1);
  int alarms = 0, judged = 0, stuck = 0;
  std::vector<double> window(rows);
  for (int i = 0; i < series; ++i) {
    test::Instance<D> detector(2'000);
    int late = 0;
    for (int turn = 0; turn < windows; ++turn) {
      for (double& value : window) {
        value = normal(random);
        if (rounded_to != 0) value = std::round(value / rounded_to) * rounded_to;
      }
      const double p = detector.evaluate(window).p;
      const bool alarm = p < alpha;
      judged += std::isnan(p) ? 0 : 1;
      alarms += alarm ? 1 : 0;
      late += alarm && turn >= windows - 100 ? 1 : 0;
      alarm ? detector.pass(window) : detector.learn(window);
    }
    stuck += late > 50 ? 1 : 0;
  }
  return {static_cast<double>(alarms) / judged, static_cast<double>(stuck) / series};
}

void print(const char* what, const Figures& found) {
  std::printf("%-50s false alarms %.3f %%, stuck %.1f %%\n", what, 100 * found.alarms, 100 * found.stuck);
}

TEST(ShortHistory, ZScoreKnowsHowManySamplesItStandsOn) {
  const Figures textbook = measure<TextbookZScore>(1, 0);
  print("textbook z, one value a window", textbook);
  EXPECT_GT(textbook.alarms, 0.005) << "what is to be mended shows in this measurement";
  EXPECT_GT(textbook.stuck, 0);
  for (const std::size_t rows : {1u, 5u}) {
    const Figures found = measure<ZScore>(rows, 0);
    print(rows == 1 ? "zscore, one value a window" : "zscore, five values a window", found);
    EXPECT_LT(found.alarms, 1.5 * alpha);
    EXPECT_EQ(found.stuck, 0);
  }
}

TEST(ShortHistory, ValuesThatAreRoundedAreNoProofOfAConstant) {
  const Figures textbook = measure<TextbookZScore>(1, 2);
  print("textbook z, one value a window, steps of 2", textbook);
  EXPECT_GT(textbook.stuck, 0.05) << "two equal samples, and nothing is learned any more";
  const Figures zscore = measure<ZScore>(1, 2);
  print("zscore, one value a window, steps of 2", zscore);
  const Figures ttest = measure<TTest>(1, 2);
  print("ttest, one value a window, steps of 2", ttest);
  for (const Figures& found : {zscore, ttest}) {
    EXPECT_LT(found.alarms, 0.01) << "steps are no normal noise";
    EXPECT_EQ(found.stuck, 0);
  }
}

TEST(ShortHistory, TTestHasTheSameLawForOneValue) {
  const Figures found = measure<TTest>(1, 0);
  print("ttest, one value a window", found);
  EXPECT_LT(found.alarms, 1.5 * alpha);
  EXPECT_EQ(found.stuck, 0);
}

TEST(ShortHistory, JumpTakesNoiseForNoise) {
  for (const double rounded_to : {0.0, 2.0}) {
    const Figures found = measure<Jump>(1, rounded_to);
    print(rounded_to == 0 ? "jump, one value a window" : "jump, one value a window, steps of 2", found);
    EXPECT_LT(found.alarms, rounded_to == 0 ? alpha : 2 * alpha) << "steps are no normal noise";
    EXPECT_EQ(found.stuck, 0);
  }
}

template <class D>
void expect_honest(std::size_t rows, double least, double most) {
  const Figures found = measure<D>(rows, 0, 150);
  const std::string what = std::string(D::description.name) + ", values a window: " + std::to_string(rows);
  print(what.c_str(), found);
  EXPECT_LT(found.alarms, most * alpha) << what;
  EXPECT_GE(found.alarms, least * alpha) << what;
  EXPECT_EQ(found.stuck, 0) << what;
}

TEST(ShortHistory, TheFamilyIsHonestAboutIt) {
  for (const std::size_t rows : {1u, 5u}) {
    expect_honest<MedianAbsoluteDeviation>(rows, 0.4, 1.8);
    expect_honest<Ewma>(rows, 0.4, 1.8);
    expect_honest<Cusum>(rows, 0.05, 1.5);  // behind an alarm the sums begin again, so that none follows
    expect_honest<MannWhitney>(rows, rows == 1 ? 0 : 0.4, 1.8);
  }
  expect_honest<Variance>(5, 0, 1.5);
  expect_honest<Variance>(30, 0.4, 1.8);
}

}  // namespace
}  // namespace oddity::plugins
