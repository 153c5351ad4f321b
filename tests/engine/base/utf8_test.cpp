#include "base/utf8.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace oddity {
namespace {

TEST(Utf8, AcceptsWhatRfc3629Accepts) {
  for (const char* text : {"", "plain", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
                           "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_TRUE(is_utf8(text)) << text;
  }
}

TEST(Utf8, RefusesOverlongFormsSurrogatesAndWhatIsBeyond) {
  for (const char* text :
       {"\x80", "\xff", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xc2", "\xe2\x82", "a\xf0\x9f\x98"}) {
    EXPECT_FALSE(is_utf8(text));
  }
}

TEST(Utf8, FindsAStrayByteWhereverItStands) {
  for (std::size_t size = 1; size < 40; ++size) {
    EXPECT_TRUE(is_utf8(std::string(size, 'a'))) << size;
    for (std::size_t place = 0; place < size; ++place) {
      std::string text(size, 'a');
      text[place] = '\xff';
      EXPECT_FALSE(is_utf8(text)) << place << " of " << size;
    }
  }
}

TEST(Utf8, ReplacesOnlyTheBytesThatBelongToNoCharacter) {
  EXPECT_EQ(to_utf8("a\xff"
                    "b"),
            "a\xef\xbf\xbd"
            "b");
  EXPECT_EQ(to_utf8("\xc3\xa9"), "\xc3\xa9");
}

RC_GTEST_PROP(Utf8, WhatComesOutIsAlwaysUtf8, (const std::string& text)) {
  RC_ASSERT(is_utf8(to_utf8(text)));
  if (is_utf8(text)) RC_ASSERT(to_utf8(text) == text);
}

}  // namespace
}  // namespace oddity
