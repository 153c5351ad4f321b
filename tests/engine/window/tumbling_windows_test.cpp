// Windows side by side, by time or by number: what is in them, what is late, what is kept of them.
#include "window/tumbling_windows.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "state/sink.hpp"

namespace oddity::window {
namespace {

struct Made {
  std::string group;
  std::int64_t end;
  std::vector<std::int64_t> times;
  std::vector<double> values;
  friend bool operator==(const Made&, const Made&) = default;
};
void showValue(const Made& made, std::ostream& out) { out << made.group << " until " << made.end; }

Made copy(const GroupWindow& window) {
  return {window.group, window.end, window.times, window.columns.at(0)};
}

/// Feeds points of one field whose value is their time.
class Feed {
 public:
  explicit Feed(Tumble tumble, OpenGroups groups = {}) : windows(tumble, {"x"}, groups) {}
  /// Whether the point is in a window.
  bool add(std::int64_t time, std::string_view group = "") {
    const double value = static_cast<double>(time);
    const auto added = windows.add({group, "m", nullptr, true}, time, std::span(&value, 1));
    if (added.finished != nullptr) made.push_back(copy(*added.finished));
    return !added.late;
  }
  TumblingWindows windows;
  std::vector<Made> made;
};

std::string saved(const TumblingWindows& windows) {
  std::string bytes;
  const oddity_sink sink = state::appending_to(bytes);
  StateWriter writer(sink);
  windows.save(writer);
  return bytes;
}

void restore(TumblingWindows& windows, const std::string& bytes) {
  windows.restore(StateReader(std::as_bytes(std::span(bytes))));
}

TEST(TumblingByTime, TheFirstPointAtOrPastTheEndFinishesAWindowAndBeginsTheNext) {
  Feed feed({10, 0});
  for (const std::int64_t time : {3, 7, 12, 13, 40, 49, 50}) feed.add(time);
  EXPECT_EQ(feed.made,
            (std::vector<Made>{
                {"", 13, {3, 7, 12}, {3, 7, 12}}, {"", 23, {13}, {13}}, {"", 50, {40, 49}, {40, 49}}}));
}

/// What |window().period(p).every(p) makes, TimeWindows is held against a real Kapacitor for.
RC_GTEST_PROP(TumblingByTime, AreThoseOfAWindowNodeWherePointsAreInOrder, ()) {
  const std::int64_t period = *rc::gen::inRange<std::int64_t>(1, 20);
  auto times = *rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(-50, 100));
  std::sort(times.begin(), times.end());
  std::vector<Made> expected;
  TimeWindows reference({period, period, false}, 1,
                        [&](const GroupWindow& window) { expected.push_back(copy(window)); });
  Feed feed({period, 0});
  for (std::size_t i = 0; i < times.size(); ++i) {
    const std::string group = i % 3 == 0 ? "a" : "b";
    const double value = static_cast<double>(times[i]);
    reference.add({group, "m", nullptr}, times[i], std::span(&value, 1));
    feed.add(times[i], group);
  }
  RC_ASSERT(feed.made == expected);
}

TEST(TumblingByNumber, ThePointThatMakesItFullFinishesAWindowAtTheLatestTime) {
  Feed feed({0, 3});
  for (const std::int64_t time : {5, 9, 7, 100}) feed.add(time);
  EXPECT_EQ(feed.made, (std::vector<Made>{{"", 9, {5, 9, 7}, {5, 9, 7}}})) << "a late one joins what is open";
  EXPECT_EQ(feed.windows.waiting(), 1u);
}

TEST(TumblingByNumber, ANumberOfOneMakesAWindowOfEachPoint) {
  Feed feed({0, 1});
  feed.add(5);
  feed.add(5);
  EXPECT_EQ(feed.made.size(), 2u);
}

TEST(TumblingWindowsTest, GroupsAreApartAndAWindowCarriesItsGroup) {
  const Tags tags{{"host", "a"}};
  TumblingWindows windows({0, 1}, {"x", "y"});
  const double values[] = {1, std::nan("")};
  const GroupWindow* const window = windows.add({"m\nhost=a", "m", &tags, true}, 7, values).finished;
  ASSERT_NE(window, nullptr);
  EXPECT_EQ(window->group, "m\nhost=a");
  EXPECT_EQ(window->name, "m");
  EXPECT_EQ(window->tags, tags);
  EXPECT_TRUE(window->by_name);
  EXPECT_EQ(window->columns[0], std::vector<double>{1});
  EXPECT_TRUE(std::isnan(window->columns[1][0]));
}

TEST(TumblingWindowsTest, APointBeforeTheOpenWindowIsLateAndInNone) {
  Feed feed({10, 0});
  for (const std::int64_t time : {0, 12}) feed.add(time);
  EXPECT_FALSE(feed.add(9)) << "its window is finished";
  EXPECT_TRUE(feed.add(15));
  EXPECT_TRUE(feed.add(13)) << "backwards, but in the open one";
  feed.add(22);
  EXPECT_EQ(feed.made.back().times, (std::vector<std::int64_t>{12, 15, 13}));
  EXPECT_EQ(feed.windows.late(), 1u);

  Feed by_number({0, 2});
  for (const std::int64_t time : {5, 9}) by_number.add(time);
  EXPECT_FALSE(by_number.add(8));
  EXPECT_TRUE(by_number.add(9)) << "of the same time as the last";
}

/// A point of the year 2099 must not silence its group until then.
TEST(TumblingWindowsTest, AsManyLatePointsInARowAsMakeAWindowAreANewStartOfTime) {
  Feed feed({10, 0});
  for (const std::int64_t time : {0, 3, 100'000}) feed.add(time);
  for (std::int64_t time = 4; time < 14; ++time) EXPECT_FALSE(feed.add(time)) << time;
  for (std::int64_t time = 14; time < 25; ++time) EXPECT_TRUE(feed.add(time)) << time;
  EXPECT_EQ(feed.made.back().end, 24);
  EXPECT_EQ(feed.made.back().times.size(), 10u);
  EXPECT_EQ(feed.windows.late(), 10u);
  EXPECT_EQ(feed.windows.dropped(), 1u) << "the one of 2099";

  Feed by_number({0, 2});
  for (const std::int64_t time : {900, 1000}) by_number.add(time);
  EXPECT_FALSE(by_number.add(1));
  EXPECT_FALSE(by_number.add(2));
  EXPECT_TRUE(by_number.add(3));
  by_number.add(4);
  EXPECT_EQ(by_number.made.back().times, (std::vector<std::int64_t>{3, 4}));
}

TEST(TumblingWindowsTest, LatePointsBetweenOthersAreNoNewStart) {
  Feed feed({10, 0});
  feed.add(100);
  for (std::int64_t time = 0; time < 40; ++time) {
    EXPECT_FALSE(feed.add(time));
    EXPECT_TRUE(feed.add(100 + time));
  }
  EXPECT_EQ(feed.windows.dropped(), 0u);
}

TEST(TumblingWindowsTest, BeyondTheirNumberTheLeastRecentlyUsedGroupIsForgotten) {
  Feed feed({10, 0}, {2, 0});
  feed.add(0, "a");
  feed.add(1, "b");
  feed.add(2, "a");
  feed.add(3, "c");
  EXPECT_EQ(feed.windows.groups(), 2u);
  EXPECT_EQ(feed.windows.dropped(), 1u);
  EXPECT_EQ(feed.windows.first_dropped(), "b");
  feed.add(10, "a");
  EXPECT_EQ(feed.made.at(0).times, (std::vector<std::int64_t>{0, 2}));
}

TEST(TumblingWindowsTest, ByTtlWhatIsOldGoesWhenAGroupComesButNotForOnePointOfTheFuture) {
  Feed feed({0, 100}, {1000, 50});
  feed.add(0, "a");
  feed.add(100'000, "future");
  EXPECT_EQ(feed.windows.groups(), 2u);
  feed.add(60, "b");
  feed.add(61, "c");
  EXPECT_EQ(feed.windows.first_dropped(), "a");
}

TEST(TumblingState, ARestoredOneGoesOnAsIfNothingHadHappened) {
  for (const Tumble tumble : {Tumble{10, 0}, Tumble{0, 4}}) {
    Feed through(tumble), before(tumble), after(tumble);
    const auto feed = [](Feed& to, int from, int until) {
      for (int i = from; i < until; ++i) to.add(i * 3 - (i % 4 == 3 ? 5 : 0), i % 2 == 0 ? "a" : "b");
    };
    feed(through, 0, 40);
    feed(before, 0, 17);
    restore(after.windows, saved(before.windows));
    EXPECT_EQ(saved(after.windows), saved(before.windows)) << "equal windows, equal bytes";
    feed(after, 17, 40);
    std::vector<Made> all = before.made;
    all.insert(all.end(), after.made.begin(), after.made.end());
    EXPECT_EQ(all, through.made);
  }
}

TEST(TumblingState, OfOtherFieldsThoseOfTheSameNameAreTaken) {
  TumblingWindows before({0, 2}, {"x", "y"}), after({0, 2}, {"z", "y"});
  const double values[] = {1, 2}, more[] = {3, 4};
  const Tags tags{{"host", "a"}};
  before.add({"g", "m", &tags, true}, 5, values);
  restore(after, saved(before));
  const GroupWindow* const window = after.add({"g", "m"}, 6, more).finished;
  ASSERT_NE(window, nullptr);
  EXPECT_TRUE(std::isnan(window->columns[0][0]));
  EXPECT_EQ(window->columns[0][1], 3);
  EXPECT_EQ(window->columns[1], (std::vector<double>{2, 4}));
  EXPECT_EQ(window->tags, tags);
  EXPECT_TRUE(window->by_name);
}

TEST(TumblingState, WindowsThatWereMadeOtherwiseAreRefused) {
  Feed before({10, 0}), after({20, 0});
  before.add(1);
  EXPECT_THROW(restore(after.windows, saved(before.windows)), StateError);
  EXPECT_EQ(after.windows.groups(), 0u);
}

TEST(TumblingState, NoDamageIsTaken) {
  Feed whole({10, 0});
  for (std::int64_t time = 0; time < 5; ++time) whole.add(time, time % 2 == 0 ? "a" : "b");
  const std::string bytes = saved(whole.windows);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    Feed other({10, 0});
    EXPECT_THROW(restore(other.windows, bytes.substr(0, size)), StateError) << size;
    EXPECT_EQ(other.windows.groups(), 0u);
  }
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0xff);
    Feed other({10, 0});
    try {
      restore(other.windows, damaged);
    } catch (const StateError&) {
    }
    for (std::int64_t time = 5; time < 30; ++time) other.add(time, "a");  // whatever it is, it can be used
  }
}

}  // namespace
}  // namespace oddity::window
