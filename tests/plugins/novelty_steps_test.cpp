// Which steps of a series are large, in units of its usual ones.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>

#include "novelty/series.hpp"
#include "novelty/usual_steps.hpp"

namespace oddity::plugins::novelty {
namespace {

/// Steps as they come, of a series without a range, of which `odd` says which are.
class Steps {
 public:
  void add(double step, bool odd = false) { usual_.add({0, step, 0}, 0, past_, odd); }
  /// A step of that size in usual ones.
  double size(double step) const { return usual_.size({0, step, 0}); }
  const UsualSteps& usual() const { return usual_; }

 private:
  UsualSteps usual_;
  Past past_;
};

TEST(UsualSteps, AreWhat95PercentDoNotExceedWhereTheTailIsNoHeavierThanAnExponentials) {
  std::mt19937_64 draw(1);
  std::exponential_distribution<double> exponential(1);
  std::normal_distribution<double> normal;
  Steps of_noise, of_exponentials;
  for (int i = 0; i < 15000; ++i) {
    of_noise.add(normal(draw));
    of_exponentials.add(exponential(draw));
  }
  EXPECT_NEAR(of_noise.size(10 * 1.96), 10, 0.7);
  EXPECT_NEAR(of_exponentials.size(10 * std::log(20)), 10, 0.7);
}

TEST(UsualSteps, AreLargerWhereTheTailIsHeavy) {
  std::mt19937_64 draw(2);
  std::lognormal_distribution<double> lognormal;
  Steps steps;
  for (int i = 0; i < 15000; ++i) steps.add(lognormal(draw));
  const double usual = std::exp(1.645), rare = std::exp(2.748);  // exceeded by 5 % and 0.3 %
  EXPECT_NEAR(steps.size(10 * usual), 10 / std::pow(rare / usual / 2.1, 1.5), 0.7);
  EXPECT_NEAR(steps.size(steps.usual().step_of_size(6.5)), 6.5, 1e-9);
}

TEST(UsualSteps, SayNothingOfATailBeforeAThousandAreKnown) {
  Steps steps;
  for (int i = 0; i < 900; ++i) steps.add(i % 100 == 0 ? 20 : 1);
  const double before = steps.size(20);
  for (int i = 0; i < 300; ++i) steps.add(i % 100 == 0 ? 20 : 1);
  EXPECT_GT(before, 10);
  EXPECT_LT(steps.size(20), before / 3);
}

/// An outage of ten rows is one thing that happened, not ten.
TEST(UsualSteps, CountOddRowsThatComeTogetherOnce) {
  std::mt19937_64 draw(3);
  std::normal_distribution<double> normal;
  Steps told, not_told;
  for (int i = 0; i < 15000; ++i) {
    const bool outage = i % 1000 < 10;
    const double step = normal(draw) + (outage ? 40 : 0);
    told.add(step, outage);
    not_told.add(step);
  }
  EXPECT_GT(told.size(40), 15);
  EXPECT_LT(not_told.size(40), 2);
}

/// Alarms a week, at one a week, of a series with a value a minute.
double alarms_a_week(int weeks, const std::function<double()>& next) {
  constexpr int week = 7 * 1440;
  Series series(LooksFor::both);
  int alarms = 0, quiet = 20;
  for (int i = 0; i < weeks * week; ++i) {
    const double value = next();
    const Row row = series.look(value);
    const double p = series.is_new() ? 1 : series.p(row);
    const bool odd = p < 1.0 / week;
    alarms += odd && quiet >= 20 && i >= week ? 1 : 0;
    quiet = odd ? 0 : quiet + 1;
    series.take(row, value, 60'000'000'000 * i, p > 1e-3);
  }
  return static_cast<double>(alarms) / (weeks - 1);
}

TEST(Novelty, CallsFewOfTheLargestStepsOdd) {
  std::mt19937_64 draw(4);
  std::lognormal_distribution<double> lognormal;
  EXPECT_LT(alarms_a_week(7, [&] { return lognormal(draw); }), 4) << "7 where the unit is the usual step";
  std::bernoulli_distribution once_in_fifty(0.02);
  EXPECT_LT(alarms_a_week(7, [&] { return once_in_fifty(draw) ? 1.0 : 0.0; }), 1) << "3 with that";
}

}  // namespace
}  // namespace oddity::plugins::novelty
