// A deployment in which no row can ever be anomalous says so at its start.
#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <vector>

#include "detect/pipeline.hpp"
#include "scripted.hpp"
#include "support/log_pipe.hpp"

namespace oddity::detect {
namespace {

/// Its p is that of the window's rank among what was learned, as of a rank test; above the largest its strength
/// may say how far.
template <bool tells_distance>
class Ranked {
 public:
  static constexpr OptionSpec options[] = {size_option};
  static constexpr Description description{.name = tells_distance ? "far" : "ranked",
                                           .version = "1",
                                           .about = "Its p is a rank.",
                                           .options = options};
  explicit Ranked(const Options&) {}
  Evaluation evaluate(const Window& window, const Question&) const {
    Evaluation answer;
    answer.p = 2 / (learned_ + 1);
    if (tells_distance) answer.strength = std::min(window.column().mean(), 300.0);
    return answer;
  }
  void update(const Window& window, Learn) { learned_ += static_cast<double>(window.rows()); }
  void snapshot(StateWriter&) const {}
  void restore(StateReader&, std::uint32_t) {}
  std::size_t footprint() const noexcept { return sizeof *this; }

 private:
  double learned_ = 0;
};

struct Asked {
  double alpha = 0.0001;
  options::Calibrate calibrate = options::Calibrate::none;
  std::int64_t size = 2000;
  options::FalseAlarms false_alarms{};
};

template <class D>
std::vector<std::string> notes(const Asked& asked) {
  const auto library = plugin::Library::linked(
      [](const oddity_host* host) { return oddity::detail::Exported<D>::entry(host); }, D::description.name);
  plugin::Algorithm::Value size;
  size.integers = {asked.size};
  Plan plan = test::plan_of(
      {"x", "y"},
      {{std::make_shared<plugin::Algorithm>(library, std::vector<plugin::Algorithm::Value>{size}), ""}});
  plan.alpha = asked.alpha;
  plan.calibrate = asked.calibrate;
  plan.false_alarms = asked.false_alarms;
  test::LogPipe pipe;
  return Pipeline(std::move(plan), pipe.log).notes_on_single_rows();
}

TEST(NotesOnSingleRows, NameAnAlphaThatARankIsNeverBelow) {
  EXPECT_THAT(
      notes<Ranked<false>>({}),
      testing::ElementsAre(
          "algorithm 'ranked': a single row has no p below 0.001, however far out it is, since its "
          "history is 2000 samples; alpha 0.0001 is not above that, so no row will ever be anomalous. "
          "Judge windows of several rows, or take another detector or a longer history"))
      << "once for both fields";
}

TEST(NotesOnSingleRows, AreNoneWhereAlphaCanBeReached) {
  EXPECT_THAT(notes<Ranked<false>>({.alpha = 0.001}), testing::IsEmpty());
  EXPECT_THAT(notes<Ranked<false>>({.size = 50'000}), testing::IsEmpty());
  EXPECT_THAT(notes<Ranked<false>>({.size = 10'000'000}), testing::IsEmpty()) << "too large to be tried";
}

TEST(NotesOnSingleRows, OfCalibratedAnswersSayHowRareEqualOnesCanBe) {
  EXPECT_THAT(notes<Ranked<false>>({.calibrate = options::Calibrate::own}),
              testing::ElementsAre(testing::HasSubstr("has no calibrated p below 0.0005,")));
  EXPECT_THAT(notes<Ranked<true>>({.calibrate = options::Calibrate::own}), testing::IsEmpty())
      << "its strength tells rows apart that have the same p";
}

TEST(NotesOnSingleRows, OfAPromiseSayHowOftenRowsMayCome) {
  const options::FalseAlarms weekly{1, std::int64_t{7} * 24 * 3600 * 1'000'000'000};
  EXPECT_THAT(notes<Ranked<false>>({.false_alarms = weekly}),
              testing::ElementsAre(testing::HasSubstr(
                  "falseAlarms '1/7d' asks for less where rows come every 604 s or more often")));
}

TEST(NotesOnSingleRows, LeaveADetectorThatFailsToItsFirstRow) {
  struct Failing : Ranked<false> {
    using Ranked::Ranked;
    Evaluation evaluate(const Window&, const Question&) const { throw std::runtime_error("as told"); }
  };
  EXPECT_THAT(notes<Failing>({}), testing::IsEmpty());
}

}  // namespace
}  // namespace oddity::detect
