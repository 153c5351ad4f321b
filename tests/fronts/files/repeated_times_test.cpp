#include "replay/repeated_times.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oddity::replay {
namespace {

const std::vector<formats::UnusedTexts::Column> host_and_state{{"host", 0, {"a", "b", "c"}},
                                                               {"state", 1, {"good", "bad"}}};

constexpr std::uint32_t texts(std::uint32_t host, std::uint32_t state) { return state << 8 | host; }

TEST(RowsOfOneTime, AreToldApartByTheColumnInWhichTheyDiffer) {
  RepeatedTimes repeated;
  for (std::int64_t time = 0; time < 10; ++time) {
    for (const std::uint32_t host : {1u, 2u, 3u})
      repeated.add(0, {time, {}, 0, texts(host, host == 3 ? 2 : 1), {}});
  }
  EXPECT_EQ(repeated.told_apart(host_and_state),
            std::vector<std::string>{
                "20 rows of the same time as another, judged as one series, differ in column 'host', "
                "which has 3 values (a, b, c) and was not used; --group-by host keeps them apart"});
  EXPECT_TRUE(repeated.told_apart({}).empty());
}

TEST(RowsOfOneTime, ThatDifferNowAndThenAreNotToldApart) {
  RepeatedTimes repeated;
  for (std::int64_t time = 0; time < 10; ++time) {
    repeated.add(0, {time, {}, 0, texts(1, 1), {}});
    repeated.add(0, {time, {}, 0, texts(time < 8 ? 2 : 1, 1), {}});
  }
  EXPECT_TRUE(repeated.told_apart(host_and_state).empty()) << "8 of 10";
}

TEST(RowsOfOneTime, OfSeveralGroupsAreNoMatter) {
  RepeatedTimes repeated;
  for (std::int64_t time = 0; time < 10; ++time) {
    repeated.add(0, {time, {}, 0, texts(1, 1), {}});
    repeated.add(1, {time, {}, 1, texts(2, 1), {}});
  }
  EXPECT_TRUE(repeated.told_apart(host_and_state).empty());
}

const std::vector<double> number{1}, none{std::nan("")};

std::vector<std::string> said_of_files(const RepeatedTimes& repeated) {
  const auto name = [](std::uint32_t file) { return std::string(1, static_cast<char>('a' + file)) + ".lp"; };
  return repeated.of_several_files(
      name, [&](Place place) { return name(place.file()) + ":" + std::to_string(place.line()); });
}

TEST(RowsOfSeveralFiles, OfTheSameTimesAreCountedByFile) {
  RepeatedTimes repeated;
  const auto add = [&](std::int64_t time, std::uint32_t file, std::uint64_t line) {
    repeated.add(0, {time, Place(file, line), 0, 0, number});
  };
  add(1, 0, 1);
  add(2, 0, 2);
  add(2, 0, 3);  // in one file the same time may well come twice
  add(2, 1, 9);  // newest first
  add(3, 0, 4);
  add(3, 1, 8);
  add(3, 1, 7);
  add(3, 2, 1);
  add(4, 1, 6);
  EXPECT_EQ(
      said_of_files(repeated),
      (std::vector<std::string>{
          "3 points of b.lp have the times of points already read (first b.lp:7 as a.lp:4); they were all "
          "judged",
          "1 point of c.lp has the time of a point already read (c.lp:1 as a.lp:4); both were judged"}));
}

TEST(RowsOfSeveralFiles, OfSeveralSeriesMayHaveTheSameTimes) {
  RepeatedTimes repeated;
  repeated.add(0, {1, Place(0, 1), 0, 0, number});
  repeated.add(1, {1, Place(1, 1), 1, 0, number});
  repeated.add(2, {1, Place(0, 1), 2, 0, number}, true);
  repeated.add(2, {1, Place(1, 1), 3, 0, number}, true);
  EXPECT_TRUE(said_of_files(repeated).empty());
}

TEST(RowsOfOneFile, OfTheSameTimesAreCounted) {
  const auto line = [](Place place) { return "a.lp:" + std::to_string(place.line()); };
  RepeatedTimes repeated;
  repeated.add(0, {1, Place(0, 1), 0, 0, number});
  repeated.add(1, {1, Place(0, 2), 1, 0, number});
  repeated.add(2, {1, Place(0, 3), 2, 0, number});
  repeated.add(2, {1, Place(0, 4), 3, 0, number}, true);
  EXPECT_TRUE(repeated.of_one_file(line).empty()) << "of other groups, and of one that is said to be merged";
  repeated.add(0, {1, Place(0, 5), 0, 0, number});
  EXPECT_EQ(
      repeated.of_one_file(line),
      std::vector<std::string>{"1 point has the time of another in the same group (first a.lp:5 as a.lp:1); "
                               "all were judged"});
  repeated.add(0, {1, Place(0, 6), 0, 0, number});
  EXPECT_EQ(repeated.of_one_file(line).at(0).substr(0, 14), "2 points have ");
}

TEST(RowsOfOneFile, WithNumbersInDifferentFieldsArePartsOfOne) {
  const auto line = [](Place place) { return "a.lp:" + std::to_string(place.line()); };
  const std::vector<double> x{1, std::nan("")}, y{std::nan(""), 1};
  RepeatedTimes repeated;
  for (std::int64_t time = 0; time < 10; ++time) {
    repeated.add(0, {time, Place(0, 1), 0, 0, x});
    repeated.add(0, {time, Place(0, 2), 0, 0, y});
    repeated.add(0, {time, Place(1, 1), 0, 0, none});
  }
  EXPECT_TRUE(repeated.of_one_file(line).empty());
  EXPECT_TRUE(said_of_files(repeated).empty());
  repeated.add(0, {9, Place(0, 30), 0, 0, x});
  EXPECT_EQ(repeated.of_one_file(line).size(), 1u);
}

TEST(RowsOfOneTime, MayHaveTheRestOfTheTimeInAnotherColumn) {
  RepeatedTimes repeated;
  repeated.add(0, {0, {}, 0, 1, {}});
  repeated.add(0, {0, {}, 0, 2, {}});
  const auto mend = [&](const char* one, const char* other) {
    return repeated.told_apart({{"clock", 0, {one, other}}}).at(0);
  };
  EXPECT_NE(mend("9:30", "09:31:00").find("its texts are times: --time-column"), std::string::npos);
  EXPECT_NE(mend("2024-03-01 09:30", "2024-03-01 09:31").find("--time-column"), std::string::npos);
  EXPECT_NE(mend("a:30", "a:31").find("--group-by clock"), std::string::npos);
}

TEST(RowsOfOneTime, NameTheFirstFewValues) {
  RepeatedTimes repeated;
  repeated.add(0, {0, {}, 0, 1, {}});
  repeated.add(0, {0, {}, 0, 2, {}});
  const auto said = repeated.told_apart({{"host", 0, {"a", "b", "c", "d", "e", "f"}}});
  ASSERT_EQ(said.size(), 1u);
  EXPECT_NE(said[0].find("1 row of the same"), std::string::npos);
  EXPECT_NE(said[0].find("6 values (a, b, c, d, e, ...)"), std::string::npos) << said[0];
}

}  // namespace
}  // namespace oddity::replay
