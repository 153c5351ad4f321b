// What may go to Kapacitor byte for byte, and what may not.
#include "wire/harmless.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "base/utf8.hpp"
#include "udf.pb.h"

namespace oddity::wire {
namespace {

udf::Point whole_point() {
  udf::Point point;
  point.set_time(-1);
  point.set_name("m");
  point.set_database("db");
  point.set_retentionpolicy("rp");
  point.set_group("m\nhost=\xc3\xa4");
  point.add_dimensions("host");
  point.set_byname(true);
  auto& tag = *point.add_tags();
  tag.set_key("host");
  tag.set_value("\xc3\xa4");
  auto& number = *point.add_fieldsdouble();
  number.set_key("d");
  number.set_value(1.5);
  auto& integer = *point.add_fieldsint();
  integer.set_key("i");
  integer.set_value(-3);
  auto& text = *point.add_fieldsstring();
  text.set_key("s");
  text.set_value("text");
  auto& flag = *point.add_fieldsbool();
  flag.set_key("b");
  flag.set_value(true);
  return point;
}

bool harmless(const udf::Point& point) { return is_harmless_point(as_bytes(point.SerializeAsString())); }

TEST(Harmless, APointWithEverythingIs) { EXPECT_TRUE(harmless(whole_point())); }

TEST(Harmless, AZeroThatIsWrittenOutIsAsGoWritesIt) {
  // fieldsDouble {"f": 0.0}: Go writes the value of a map's entry even when it is zero.
  EXPECT_TRUE(is_harmless_point(as_bytes(std::string("\x42\x0c\x0a\x01\x66\x11\0\0\0\0\0\0\0\0", 14))));
}

TEST(Harmless, APointWithoutFieldsIsNot) {
  udf::Point point;
  point.set_name("m");
  EXPECT_FALSE(harmless(point));
  EXPECT_FALSE(is_harmless_point({}));
}

TEST(Harmless, WhatIsNotFiniteIsNot) {
  for (const double value :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    udf::Point point = whole_point();
    point.mutable_fieldsdouble(0)->set_value(value);
    EXPECT_FALSE(harmless(point));
  }
}

TEST(Harmless, TextThatIsNoUtf8IsNotWhereverItStands) {
  const std::string bad = "\xff";
  const auto spoiled = [&](auto&& spoil) {
    udf::Point point = whole_point();
    spoil(point);
    return !harmless(point);
  };
  EXPECT_TRUE(spoiled([&](udf::Point& point) { point.set_name(bad); }));
  EXPECT_TRUE(spoiled([&](udf::Point& point) { point.set_database(bad); }));
  EXPECT_TRUE(spoiled([&](udf::Point& point) { point.set_retentionpolicy(bad); }));
  EXPECT_TRUE(spoiled([&](udf::Point& point) { point.set_group(bad); }));
  EXPECT_TRUE(spoiled([&](udf::Point& point) { point.add_dimensions(bad); }));
  EXPECT_TRUE(spoiled([&](udf::Point& point) { point.mutable_tags(0)->set_key(bad); }));
  EXPECT_TRUE(spoiled([&](udf::Point& point) { point.mutable_tags(0)->set_value(bad); }));
  EXPECT_TRUE(spoiled([&](udf::Point& point) { point.mutable_fieldsdouble(0)->set_key(bad); }));
  EXPECT_TRUE(spoiled([&](udf::Point& point) { point.mutable_fieldsint(0)->set_key(bad); }));
  EXPECT_TRUE(spoiled([&](udf::Point& point) { point.mutable_fieldsstring(0)->set_key(bad); }));
  EXPECT_TRUE(spoiled([&](udf::Point& point) { point.mutable_fieldsstring(0)->set_value(bad); }));
  EXPECT_TRUE(spoiled([&](udf::Point& point) { point.mutable_fieldsbool(0)->set_key(bad); }));
}

TEST(Harmless, ATextThatIsOverwrittenCountsAllTheSame) {
  // Of two names the last one counts, yet a reader checks both.
  const std::string good = whole_point().SerializeAsString();
  EXPECT_TRUE(
      is_harmless_point(as_bytes("\x12\x01"
                                 "a" +
                                 good)));
  EXPECT_FALSE(is_harmless_point(as_bytes("\x12\x01\xff" + good)));
}

TEST(Harmless, AFieldThatNobodyKnowsIsNot) {
  EXPECT_FALSE(is_harmless_point(as_bytes(whole_point().SerializeAsString() + "\x6a\x01"
                                                                              "a")));         // number 13
  EXPECT_FALSE(is_harmless_point(as_bytes(whole_point().SerializeAsString() + "\x63\x64")));  // a group
}

TEST(Harmless, AnIntegerThatIsLongerThanItMustBeIsNot) {
  const std::string good = whole_point().SerializeAsString();
  EXPECT_TRUE(is_harmless_point(as_bytes(good + std::string("\x58\x01", 2))));
  EXPECT_FALSE(is_harmless_point(as_bytes(good + std::string("\x58\x81\x00", 3)))) << "a value";
  EXPECT_FALSE(is_harmless_point(as_bytes(good + std::string("\xd8\x00\x01", 3)))) << "a tag";
  EXPECT_FALSE(is_harmless_point(as_bytes(good + std::string("\x12\x81\x00"
                                                             "a",
                                                             4))))
      << "a length";
}

RC_GTEST_PROP(Harmless, APointThatIsCutIsNot, ()) {
  const std::string good = whole_point().SerializeAsString();
  const auto size = *rc::gen::inRange<std::size_t>(0, good.size());
  const std::string cut = good.substr(0, size);
  // Cut between two fields it is a point of fewer fields.
  udf::Point point;
  RC_ASSERT(!is_harmless_point(as_bytes(cut)) || point.ParseFromString(cut));
}

/// Whatever bytes pass, libprotobuf reads a point in them that is clean.
RC_GTEST_PROP(Harmless, WhatPassesIsClean, ()) {
  std::string bytes = whole_point().SerializeAsString();
  const auto flips = *rc::gen::inRange(1, 4);
  for (int i = 0; i < flips; ++i) {
    bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
  }
  if (!is_harmless_point(as_bytes(bytes))) return;
  udf::Point point;
  RC_ASSERT(point.ParseFromString(bytes));
  RC_ASSERT(is_utf8(point.name()));
  RC_ASSERT(is_utf8(point.group()));
  for (const auto& field : point.fieldsdouble()) RC_ASSERT(std::isfinite(field.value()));
  RC_ASSERT(point.fieldsdouble_size() + point.fieldsint_size() + point.fieldsstring_size() +
                point.fieldsbool_size() >
            0);
}

TEST(Harmless, ABeginAnnouncesWhatCanBeReserved) {
  udf::BeginBatch begin;
  begin.set_name("m");
  begin.set_byname(true);
  begin.add_tags()->set_key("host");
  for (const std::int64_t size : {std::int64_t{0}, std::int64_t{1}, max_announced}) {
    begin.set_size(size);
    EXPECT_TRUE(is_harmless_begin(as_bytes(begin.SerializeAsString()))) << size;
  }
  for (const std::int64_t size : {std::int64_t{-1}, max_announced + 1, std::int64_t{1} << 62}) {
    begin.set_size(size);
    EXPECT_FALSE(is_harmless_begin(as_bytes(begin.SerializeAsString()))) << size;
  }
}

TEST(Harmless, AnEndWithTagsAndATimeIs) {
  udf::EndBatch end;
  end.set_name("m");
  end.set_tmax(1);
  auto& tag = *end.add_tags();
  tag.set_key("host");
  tag.set_value("a");
  EXPECT_TRUE(is_harmless_end(as_bytes(end.SerializeAsString())));
  tag.set_value("\xff");
  EXPECT_FALSE(is_harmless_end(as_bytes(end.SerializeAsString())));
}

}  // namespace
}  // namespace oddity::wire
