// What decides between a detector's answer and an alarm, through the whole program: each option changes what is seen.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "files.hpp"

namespace oddity::test {
namespace {

using nlohmann::json;

class Decisions : public Files {
 protected:
  /// Windows of ten rows, one a second; `value` of a window's number and of the row's place in it.
  std::vector<json> judged(int windows, const std::function<double(int, int)>& value,
                           const std::string& flags) {
    std::string lp;
    for (int i = 0; i <= windows; ++i) {
      for (int row = 0; row < 10; ++row) lp += fmt::format("m x={} {}\n", value(i, row), 1000 + 10 * i + row);
    }
    const Finished done = run("replay " + write("series.lp", lp) +
                              " --precision s --period 10s --align --field x --algorithm ttest " +
                              (flags.find("--size") == std::string::npos ? "--size 300 " : "") + flags);
    EXPECT_EQ(done.exit_code, 0) << done.errors;
    errors = done.errors;
    std::vector<json> all;
    for (const json& line : lines(done.out)) {
      all.push_back(line.at("fields"));
      all.back()["time"] = line.at("time");
    }
    return all;
  }
  /// Something that looks random, from -1 to 1.
  static double noise(int i) { return std::fmod(std::abs(std::sin(i * 12.9898)) * 43758.5453, 2.0) - 1; }
  static double calm(int window, int row) { return 20 + noise(10 * window + row); }
  /// The numbers of the windows of which `field` is true; the first window is number 0 and judges nothing.
  static std::vector<int> where(const std::vector<json>& all, const std::string& field) {
    std::vector<int> found;
    for (const json& window : all) {
      if (window.at(field).get<bool>()) found.push_back(number(window));
    }
    return found;
  }
  static int number(const json& window) {
    const std::string time = window.at("time");  // 1970-01-01T00:16:40Z is the first edge
    return (std::stoi(time.substr(11, 2)) * 3600 + std::stoi(time.substr(14, 2)) * 60 +
            std::stoi(time.substr(17, 2)) - 1010) /
           10;
  }
  std::string errors;
};

using Numbers = std::vector<int>;

TEST_F(Decisions, CalibrateHoldsAnAnswerAgainstEarlierOnes) {
  // A daily cycle in small: no window is as the last 300 samples were.
  const auto cycle = [](int window, int row) { return calm(window, row) + 10 * std::sin(window / 7.0); };
  const auto as_they_are = judged(400, cycle, "--alpha 0.001 --calibrate none");
  EXPECT_GT(where(as_they_are, "anomalous").size(), 150u);
  EXPECT_FALSE(as_they_are[0].contains("calibrated") || as_they_are[0].contains("young"));
  const auto own = judged(400, cycle, "--alpha 0.001");
  EXPECT_LE(where(own, "anomalous").size(), 6u) << "own is the default";
  for (const json& window : own) {
    EXPECT_NEAR(window.at("score").get<double>(),
                std::log(window.at("calibrated").get<double>()) / std::log(0.001), 1e-9);
    EXPECT_EQ(window.at("young"), number(window) < 1000);
  }
  EXPECT_EQ(judged(400, cycle, "--alpha 0.001 --calibrate own"), own);
}

TEST_F(Decisions, OfSeveralDetectorsTheWholeIsYoungWhileOneOfThemIs) {
  const auto both = judged(40, calm, "--alpha 0.05 --algorithm ks");
  for (const json& window : both)
    EXPECT_EQ(window.at("young"), window.at("ttest.young") || window.at("ks.young")) << window;
  EXPECT_EQ(both.front().at("young"), true);
  EXPECT_EQ(both.back().at("young"), false);
}

TEST_F(Decisions, FalseAlarmsIsAnAlphaByHowOftenWindowsCome) {
  const auto spike = [](int window, int row) { return calm(window, row) + (window == 60 ? 4 : 0); };
  const auto by_alpha = judged(100, spike, "--alpha 0.01");
  const auto by_rate = judged(100, spike, "--falseAlarms 1/1000s");
  ASSERT_EQ(by_rate.size(), by_alpha.size());
  for (std::size_t i = 2; i < by_rate.size(); ++i) EXPECT_EQ(by_rate[i], by_alpha[i]) << i;
  EXPECT_EQ(where(by_rate, "alarm"), Numbers{60});
  const Finished both =
      run("replay " + path("series.lp") + " --field x --size 9 --alpha 0.1 --falseAlarms 1/7d");
  EXPECT_NE(both.exit_code, 0);
  EXPECT_NE(both.errors.find("expected either alpha or falseAlarms, got both"), std::string::npos)
      << both.errors;
  const Finished none = run("replay " + path("series.lp") + " --field x --size 9");
  EXPECT_NE(none.errors.find("or .falseAlarms('1/7d') in its place"), std::string::npos) << none.errors;
}

TEST_F(Decisions, AnAlphaThatNoSingleRowReachesIsToldAtTheStart) {
  judged(100, calm, "--alpha 0.01");
  const std::string rows = "replay " + path("series.lp") + " --field x --size 90 --alpha 0.001 --each ";
  const std::string note = "a single row has no calibrated p below 0.011, however far out it is";
  EXPECT_NE(run(rows + "--algorithm mannwhitney").errors.find(note), std::string::npos);
  EXPECT_EQ(run(rows + "--algorithm ks").errors.find("a single row"), std::string::npos);
}

TEST_F(Decisions, MinEffectCallsWhatIsRareButSmallNormal) {
  const auto steps = [](int window, int row) {
    return calm(window, row) + (window == 60 ? 2 : window == 90 ? 30 : 0);
  };
  EXPECT_EQ(where(judged(100, steps, "--alpha 0.001"), "alarm"), (Numbers{60, 90}));
  const auto large = judged(100, steps, "--alpha 0.001 --minEffect 8");
  EXPECT_EQ(where(large, "anomalous"), Numbers{90});
  for (const json& window : large) {
    if (number(window) == 60) {
      EXPECT_LT(window.at("magnitude"), 8);
      EXPECT_EQ(window.at("score"), 1) << "not above 1, as it is not anomalous";
    } else if (number(window) == 90) {
      EXPECT_GT(window.at("magnitude"), 8);
    }
  }
}

/// By the guide's rule as well: what is called normal joins the history, or it would freeze.
TEST_F(Decisions, WhatIsSmallIsLearned) {
  const auto shift = [](int window, int row) { return calm(window, row) + (window >= 60 ? 2 : 0); };
  const auto all = judged(120, shift, "--alpha 0.001 --calibrate none --minEffect 20");
  EXPECT_EQ(where(all, "anomalous"), Numbers{});
  EXPECT_NEAR(all.back().at("expected"), 22, 0.3);
}

TEST_F(Decisions, MinDeviationIsInTheFieldsUnit) {
  const auto steps = [](int window, int row) {
    return calm(window, row) + (window == 60 ? 2 : window == 90 ? 30 : 0);
  };
  EXPECT_EQ(where(judged(100, steps, "--alpha 0.001 --minDeviation 10"), "anomalous"), Numbers{90});
  EXPECT_EQ(where(judged(100, steps, "--alpha 0.001 --minDeviation 100"), "anomalous"), Numbers{});
}

TEST_F(Decisions, RestIsByWindowsOrByTimeUnlessSomethingIsClearlyStronger) {
  const auto faults = [](int window, int row) {
    return calm(window, row) + (window == 60 || window == 65 ? 20 : 0);
  };
  const std::string guide = "--alpha 0.001 --calibrate none ";
  EXPECT_EQ(where(judged(80, faults, guide), "anomalous"), (Numbers{60, 65}));
  EXPECT_EQ(where(judged(80, faults, guide), "alarm"), Numbers{60})
      << "twenty windows, unless told otherwise";
  EXPECT_EQ(where(judged(80, faults, guide + "--rest 5"), "alarm"), Numbers{60});
  EXPECT_EQ(where(judged(80, faults, guide + "--rest 4"), "alarm"), (Numbers{60, 65}))
      << "four quiet windows lie between";
  EXPECT_EQ(where(judged(80, faults, guide + "--rest 51s"), "alarm"), Numbers{60});
  EXPECT_EQ(where(judged(80, faults, guide + "--rest 50s"), "alarm"), (Numbers{60, 65}));
  const auto stronger = [](int window, int row) {
    return calm(window, row) + (window == 60 ? 4 : window == 65 ? 90 : 0);
  };
  EXPECT_EQ(where(judged(80, stronger, guide), "alarm"), (Numbers{60, 65}));
}

TEST_F(Decisions, MinHistoryIsByWindowsOrByTime) {
  EXPECT_EQ(number(judged(60, calm, "--alpha 0.001").at(0)), 1);
  EXPECT_EQ(number(judged(60, calm, "--alpha 0.001 --minHistory 12").at(0)), 12);
  EXPECT_EQ(number(judged(60, calm, "--alpha 0.001 --minHistory 2m").at(0)), 12);
  const auto early = [](int window, int row) {
    return calm(window, row) + (window >= 10 && window < 14 ? 30 : 0);
  };
  EXPECT_EQ(where(judged(60, early, "--alpha 0.001 --calibrate none --minHistory 12"), "alarm"), Numbers{12})
      << "the fault began before, unseen";
}

TEST_F(Decisions, OnConstantSaysWhetherTheEndOfACalmIsAnomalous) {
  const auto flat = [](int window, int) { return window < 30 ? 5.0 : 60.0; };
  EXPECT_EQ(where(judged(40, flat, "--alpha 0.001"), "alarm"), Numbers{30});
  EXPECT_EQ(where(judged(40, flat, "--alpha 0.001 --onConstant ignore"), "anomalous"), Numbers{});
  // Thirty samples are the history, and they vary no more; yet the series is known to vary by 20.
  const auto varied = [](int window, int) {
    return window < 20 ? 40.0 + 20 * (window % 2) : window < 60 ? 50.0 : 50.5;
  };
  const std::string short_history = "--alpha 0.001 --calibrate none --learn always --size 30 ";
  const auto found = [&](const std::string& more) {
    const Numbers all = where(judged(65, varied, short_history + more), "anomalous");
    return std::find(all.begin(), all.end(), 60) != all.end();
  };
  EXPECT_TRUE(found("--onConstant alarm"));
  EXPECT_FALSE(found("--onConstant floor"));
}

TEST_F(Decisions, LearnAlwaysTakesAnomalousWindowsToo) {
  const auto shift = [](int window, int row) { return calm(window, row) + (window >= 60 ? 9 : 0); };
  const auto normal = judged(100, shift, "--alpha 0.001 --calibrate none");
  const auto always = judged(100, shift, "--alpha 0.001 --calibrate none --learn always");
  EXPECT_EQ(where(normal, "anomalous").size(), 40u) << "for ever";
  EXPECT_LT(where(always, "anomalous").size(), 35u);
  EXPECT_NEAR(normal.back().at("expected"), 20, 0.5);
  EXPECT_NEAR(always.back().at("expected"), 29, 0.5);
}

/// Three standard deviations higher and there to stay: it alarms, and then it is what is normal.
TEST_F(Decisions, RelearnAfterMakesWhatLastsNormal) {
  const auto shift = [](int window, int row) { return calm(window, row) + (window >= 60 ? 1.7 : 0); };
  for (const char* how : {"--relearnAfter 8", "--relearnAfter 70s"}) {
    const auto all = judged(100, shift, std::string("--alpha 0.001 --calibrate none ") + how);
    EXPECT_EQ(where(all, "alarm"), Numbers{60}) << how;
    EXPECT_EQ(where(all, "anomalous"), (Numbers{60, 61, 62, 63, 64, 65, 66, 67})) << how;
    EXPECT_NEAR(all.at(67).at("expected"), 21.7, 0.3) << how << ": the eight windows are the history";
    EXPECT_NE(errors.find("8 anomalous windows, one after the other, are normal from here on"),
              std::string::npos);
  }
  const auto for_a_while = [](int window, int row) {
    return calm(window, row) + (window >= 60 && window < 66 ? 1.7 : 0);
  };
  const auto all = judged(100, for_a_while, "--alpha 0.001 --calibrate none --relearnAfter 8");
  EXPECT_NEAR(all.back().at("expected"), 20, 0.3) << "a normal window ends the run";
}

TEST_F(Decisions, WithoutRelearnAfterACalibratedShiftEndsAsWell) {
  const auto shift = [](int window, int row) { return calm(window, row) + (window >= 100 ? 5 : 0); };
  const auto all = judged(200, shift, "--alpha 0.001");
  EXPECT_EQ(where(all, "alarm"), Numbers{100});
  const Numbers shifted = where(all, "anomalous");
  EXPECT_GE(shifted.size(), 1u);
  EXPECT_LE(shifted.size(), 8u) << "then they are what is usual";
}

TEST_F(Decisions, AutocorrelationAdjustsWhatSamplesAreWorth) {
  const auto wander = [value = 0.0](int window, int row) mutable {
    return value = 0.95 * value + noise(10 * window + row);
  };
  const auto ignore = judged(300, wander, "--alpha 0.001 --calibrate none");
  const auto adjust = judged(300, wander, "--alpha 0.001 --calibrate none --autocorrelation adjust");
  EXPECT_GT(where(ignore, "anomalous").size(), 60u);
  EXPECT_LT(where(adjust, "anomalous").size(), 10u);
}

TEST_F(Decisions, TheSummaryCountsAlarmsBesideAnomalousWindows) {
  const auto fault = [](int window, int row) {
    return calm(window, row) + (window >= 60 && window < 62 ? 20 : 0);
  };
  judged(80, fault, "--alpha 0.001");
  EXPECT_NE(errors.find(" anomalous, 1 alarm;"), std::string::npos) << errors;
}

}  // namespace
}  // namespace oddity::test
