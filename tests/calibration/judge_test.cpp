#include "calibration/judge.hpp"

#include <gmock/gmock.h>

#include "calibration/noise.hpp"

namespace oddity::calibration {
namespace {

std::vector<double> window(Noise& noise, double shift = 0) {
  std::vector<double> rows(20);
  for (double& row : rows) row = noise.next() + shift;
  return rows;
}

TEST(Judge, FindsAShiftAndNotTheCalmBefore) {
  Judge judge({"ttest", none, "0.001"});
  Noise noise(NoiseKind::normal, 1);
  int anomalous = 0;
  for (int i = 0; i < 100; ++i) anomalous += judge.judge("", window(noise)).anomalous ? 1 : 0;
  EXPECT_LE(anomalous, 1);
  EXPECT_TRUE(judge.judge("", window(noise, 3)).anomalous);
}

TEST(Judge, ThatGoesOnSaysWhatTheOneBeforeWouldHaveSaid) {
  const Setting setting{"zscore", own_adjust, "0.001"};
  Judge before(setting);
  Noise noise(NoiseKind::ar_08, 1);
  for (int i = 0; i < 100; ++i) before.judge("", window(noise));
  Judge after(setting);
  after.go_on(before.save(), before.minute());
  const std::vector<double> next = window(noise);
  EXPECT_EQ(number_of(after.judge("", next), "calibrated"), number_of(before.judge("", next), "calibrated"));
}

/// The p of a single row is never below 2 / 2001, ten times the alpha that the promise comes to.
TEST(Judge, OfKsTellsSingleRowsBeyondTheHistoryApart) {
  Judge judge({"ks", own, "1/7d"});
  Noise noise(NoiseKind::normal, 1);
  const auto alarms = [&](double shift) {
    return number_of(judge.judge("", std::vector{noise.next() + shift}), "alarm");
  };
  double false_alarms = 0;
  for (int i = 0; i < 4 * 10'080; ++i) false_alarms += alarms(0);
  EXPECT_LE(false_alarms, 8) << "four weeks";
  EXPECT_EQ(alarms(20), 1);
}

TEST(Judge, TreatsAsItIsAsked) {
  Noise noise(NoiseKind::normal, 1);
  Judge plain({"ks", none, "0.001"});
  Judge calibrated({"ks", own, "0.001"});
  for (int i = 0; i < 10; ++i) {
    const std::vector<double> rows = window(noise);
    plain.judge("", rows);
    calibrated.judge("", rows);
  }
  const std::vector<double> rows = window(noise);
  EXPECT_EQ(number_of(plain.judge("", rows), "calibrated"), 0);
  EXPECT_GT(number_of(calibrated.judge("", rows), "calibrated"), 0);
}

}  // namespace
}  // namespace oddity::calibration
