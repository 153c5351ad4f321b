#include "csv/decimal_marks.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace oddity::formats {
namespace {

class DecimalMarksTest : public testing::Test {
 protected:
  std::vector<std::string> notes;
  DecimalMarks marks{{"x", "y"}, [this](const std::string& note) { notes.push_back(note); }};
};

TEST_F(DecimalMarksTest, AreCommaOrPoint) {
  EXPECT_EQ(marks.number("20,5", 0), 20.5);
  EXPECT_EQ(marks.number("-1,5e3", 0), -1500);
  EXPECT_EQ(marks.number("7", 0), 7);
  EXPECT_TRUE(std::isnan(marks.number("1,004,2", 0)));
  EXPECT_TRUE(std::isnan(marks.number("", 0)));
  marks.finish();
  EXPECT_TRUE(notes.empty());
}

TEST_F(DecimalMarksTest, BothInOneFileAreNotedOnceWhateverTheColumn) {
  marks.number("20,5", 0);
  marks.number("a.b", 1);
  EXPECT_TRUE(notes.empty());
  EXPECT_EQ(marks.number("1.004", 1), 1.004);
  EXPECT_EQ(marks.number("1,5", 0), 1.5);
  marks.finish();
  EXPECT_EQ(notes, std::vector<std::string>{"'20,5' and '1.004' are both read as numbers with decimals"});
}

TEST_F(DecimalMarksTest, OneThatMaySeparateThousandsIsNotedForItsColumn) {
  for (const char* text : {"998", "1.012"}) marks.number(text, 1);
  for (const char* text : {"998", "1.5"}) marks.number(text, 0);
  marks.finish();
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_TRUE(notes[0].starts_with("'1.012' in 'y' is read as a number with decimals, beside '998'"))
      << notes[0];
}

}  // namespace
}  // namespace oddity::formats
