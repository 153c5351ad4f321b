#include "judge/held_points.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <tuple>
#include <vector>

#include "state/sink.hpp"

namespace oddity::live {
namespace {

using Points = std::vector<std::tuple<std::string, std::int64_t, double>>;

class Held {
 public:
  explicit Held(std::int64_t lateness, std::size_t most = 1'000)
      : points(lateness, most,
               [this](const window::GroupIdentity& identity, std::int64_t time, double value) {
                 out.emplace_back(std::string(identity.key), time, value);
               }) {}
  void add(const std::string& key, std::int64_t time, double value) {
    points.add({key, "m", &tags, true}, time, value);
  }
  std::string save() const {
    std::string bytes;
    const oddity_sink sink = state::appending_to(bytes);
    StateWriter writer(sink);
    points.save(writer);
    return bytes;
  }
  Points out;
  window::Tags tags{{"field", "x"}};
  HeldPoints points;
};

TEST(HeldPoints, WithoutLatenessNothingWaits) {
  Held held(0);
  held.add("a", 5, 1);
  held.add("a", 3, 2);
  EXPECT_EQ(held.out, (Points{{"a", 5, 1}, {"a", 3, 2}}));
}

TEST(HeldPoints, GoOnInOrderOfTheirTimeWhenAnotherIsFarEnoughAhead) {
  Held held(10);
  held.add("a", 5, 1);
  held.add("a", 3, 2);
  held.add("a", 14, 3);
  EXPECT_EQ(held.out, (Points{{"a", 3, 2}}));
  held.add("a", 15, 4);
  EXPECT_EQ(held.out, (Points{{"a", 3, 2}, {"a", 5, 1}}));
  EXPECT_EQ(held.points.waiting(), 2u);
}

TEST(HeldPoints, OneThatIsLaterThanThatGoesOnAtOnce) {
  Held held(10);
  held.add("a", 100, 1);
  held.add("a", 50, 2);
  EXPECT_EQ(held.out, (Points{{"a", 50, 2}}));
}

TEST(HeldPoints, SeriesWaitForThemselvesAlone) {
  Held held(10);
  held.add("a", 5, 1);
  held.add("b", 100, 2);
  EXPECT_TRUE(held.out.empty());
}

TEST(HeldPoints, BeyondTheMostTheyGoOnEarly) {
  Held held(1'000, 3);
  for (int i = 0; i < 10; ++i) held.add("a", i, i);
  EXPECT_LE(held.points.waiting(), 3u);
  EXPECT_EQ(held.out.front(), (std::tuple<std::string, std::int64_t, double>{"a", 0, 0}));
}

TEST(HeldPoints, AreTheSameAfterARestart) {
  Held held(10);
  held.add("a", 5, 1);
  held.add("b", 7, 2);
  held.add("a", 3, 3);
  const std::string bytes = held.save();
  Held later(10);
  StateReader in(std::as_bytes(std::span(bytes)));
  later.points.restore(in);
  in.expect_end();
  EXPECT_EQ(later.points.waiting(), 3u);
  EXPECT_EQ(later.save(), bytes);
  later.add("a", 15, 4);
  EXPECT_EQ(later.out, (Points{{"a", 3, 3}, {"a", 5, 1}}));
}

TEST(HeldPoints, ADamagedStateIsRefused) {
  Held held(10);
  held.add("a", 5, 1);
  std::string bytes = held.save();
  bytes.resize(bytes.size() - 3);
  Held later(10);
  StateReader in(std::as_bytes(std::span(bytes)));
  EXPECT_THROW(later.points.restore(in), StateError);
}

RC_GTEST_PROP(HeldPointsProperty, PointsThatComeWithinTheLatenessGoOnInOrder, ()) {
  const auto jitter = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 10));
  Held held(10);
  for (std::size_t i = 0; i < jitter.size(); ++i)
    held.add("a", static_cast<std::int64_t>(i) * 3 - jitter[i], static_cast<double>(i));
  for (std::size_t i = 1; i < held.out.size(); ++i)
    RC_ASSERT(std::get<1>(held.out[i - 1]) <= std::get<1>(held.out[i]));
  RC_ASSERT(held.out.size() + held.points.waiting() == jitter.size());
}

}  // namespace
}  // namespace oddity::live
