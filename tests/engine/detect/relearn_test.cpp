// What lasts becomes what is normal: from when on its duration counts.
#include <gtest/gtest.h>

#include <optional>

#include "detect/pipeline.hpp"
#include "scripted.hpp"
#include "state/envelope.hpp"
#include "support/log_pipe.hpp"

namespace oddity::detect {
namespace {

/// After ten windows or ten units of time, which are the same while windows come one a unit.
class Relearning : public testing::TestWithParam<options::Extent> {
 protected:
  Relearning() { start(); }
  void start() {
    Plan plan = test::plan_of({"x"}, {test::chosen<test::Scripted>()});
    plan.relearn_after = GetParam();
    engine.emplace(std::move(plan), pipe.log);
  }
  /// Windows that end at `from` and at each time before `until`.
  void judge(double p, std::int64_t from, std::int64_t until) {
    for (std::int64_t end = from; end < until; ++end) engine->judge(test::window_of({end - 1}, {{p}}, end));
  }
  std::uint64_t relearned() const { return engine->totals().relearned; }

  static constexpr double usual = 0.5, odd = 0.01;
  /// Of a fault so many windows are anomalous before one makes it normal.
  static std::int64_t lasting() { return GetParam().number + GetParam().time - (GetParam().time == 0); }

  test::LogPipe pipe;
  std::optional<Pipeline> engine;
};

TEST_P(Relearning, CountsFromTheFirstAnomalousWindow) {
  judge(usual, 0, 100);
  judge(odd, 100, 100 + lasting());
  EXPECT_EQ(relearned(), 0u);
  judge(odd, 100 + lasting(), 101 + lasting());
  EXPECT_EQ(relearned(), 1u);
}

TEST_P(Relearning, GoesOnAfterARestartWithinTheFault) {
  judge(usual, 0, 100);
  judge(odd, 100, 105);
  const std::string state = engine->save().bytes;
  start();
  engine->restore(state::open(state));
  judge(odd, 105, 100 + lasting());
  EXPECT_EQ(relearned(), 0u);
  judge(odd, 100 + lasting(), 101 + lasting());
  EXPECT_EQ(relearned(), 1u);
}

/// A clock that was set back within the fault.
TEST_P(Relearning, BeginsAnewWhereTimeGoesBack) {
  judge(usual, 1'000, 1'100);
  judge(odd, 1'100, 1'105);
  judge(odd, 200, 200 + lasting());
  EXPECT_EQ(relearned(), 0u);
  judge(odd, 200 + lasting(), 201 + lasting());
  EXPECT_EQ(relearned(), 1u);
}

INSTANTIATE_TEST_SUITE_P(ByNumberAndByTime, Relearning,
                         testing::Values(options::Extent{10, 0}, options::Extent{0, 10}),
                         [](const auto& tested) { return tested.param.time == 0 ? "number" : "time"; });

}  // namespace
}  // namespace oddity::detect
