#include "exchange/lines.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace oddity::live {
namespace {

constexpr std::size_t npos = std::string_view::npos;

TEST(Lines, ALineEndsAtItsNewline) {
  EXPECT_EQ(line_end("m x=1 1\nm x=2 2\n"), 8u);
  EXPECT_EQ(line_end("m x=1 1"), npos);
  EXPECT_EQ(line_end("\nm"), 1u);
}

TEST(Lines, ATextInQuotesMayHoldNewlines) {
  EXPECT_EQ(line_end("m s=\"a\nb\",x=1 1\nm"), 16u);
  EXPECT_EQ(line_end("m s=\"a\\\"\nb\" 1\n"), 14u) << "an escaped quote closes nothing";
  EXPECT_EQ(line_end("m s=\"a\nb"), npos) << "it is still open";
}

TEST(Lines, QuotesInMeasurementsTagsAndCommentsAreLetters) {
  EXPECT_EQ(line_end("m,t=a\"b x=1 1\nm y=2 2\n"), 14u);
  EXPECT_EQ(line_end("a\\ \"b x=1 1\nm\n"), 12u) << "the first blank is escaped";
  EXPECT_EQ(line_end("# \"\nm\n"), 4u);
}

TEST(Lines, AQuoteOpensATextOnlyWhereAValueBegins) {
  EXPECT_EQ(line_end("m a\"b=1 1\nm c\"=2 2\n"), 10u) << "in a field's name it is a letter";
  EXPECT_EQ(line_end("m x=1\" 1\nm y=\"\" 2\n"), 9u) << "in a number it makes that unreadable";
  EXPECT_EQ(line_end("m x=1 \"\nm y=\"\" 2\n"), 8u) << "where the time is, too";
  EXPECT_EQ(line_end("m x\\=\"=1 1\nm y=\"\" 2\n"), 11u) << "an escaped equals sign begins no value";
}

TEST(Lines, ABackslashOutsideOfATextHoldsNoNewline) {
  EXPECT_EQ(line_end("m s=\"\",x=1 1\\\nm x=2 2\n"), 14u);
}

TEST(Lines, ACommentMayStandBehindACarriageReturn) { EXPECT_EQ(line_end("\r# s=\"\nm x=1 1\n"), 7u); }

TEST(Lines, ALongLineMayHoldShortTexts) {
  const std::string line = "m s=\"a\nb\",x=1" + std::string(longest_open_text, '0') + " 1";
  EXPECT_EQ(line_end(line), npos);
  EXPECT_EQ(line_end(line + "\n"), line.size() + 1);
}

TEST(Lines, AQuoteThatIsNeverClosedEndsItsLine) {
  const std::string open = "m s=\"a 1\n" + std::string(longest_open_text + 10, 'x');
  EXPECT_EQ(line_end(open), 9u);
}

TEST(Lines, WholeLinesAreAllUpToTheLastNewline) {
  EXPECT_EQ(whole_lines("a 1\nb 2\nc"), 8u);
  EXPECT_EQ(whole_lines("abc"), 0u);
  EXPECT_EQ(whole_lines("m s=\"a\nb"), 0u);
  EXPECT_EQ(whole_lines("m x=1 1\nm s=\"a\nb"), 8u);
}

TEST(Lines, AtTheEndTheRestIsWhole) {
  EXPECT_EQ(whole_lines("a 1\nb 2", true), 7u);
  EXPECT_EQ(whole_lines("m s=\"a\nb", true), 8u);
}

RC_GTEST_PROP(LinesProperty, WhatIsWholeEndsInANewlineAndLosesNothing, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("m \"\\\n,=#x1")));
  const std::size_t whole = whole_lines(text);
  RC_ASSERT(whole <= text.size());
  if (whole != 0) RC_ASSERT(text[whole - 1] == '\n');
  std::string_view rest = std::string_view(text).substr(0, whole);
  while (!rest.empty()) {
    const std::size_t end = line_end(rest);
    if (end == npos) break;
    rest.remove_prefix(end);
  }
  if (text.find('"') != npos) RC_ASSERT(rest.empty());
}

}  // namespace
}  // namespace oddity::live
