// Our decoder against libprotobuf's reading of the same bytes.
#include "wire/point.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "udf.pb.h"

namespace oddity::wire {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
const double nan = std::numeric_limits<double>::quiet_NaN();

/// What libprotobuf reads of the selected field: a number, or NaN for missing. Of a
/// repeated key the last entry counts.
double their_value(const udf::Point& point, const std::string& name) {
  double value = nan;
  for (const auto& field : point.fieldsdouble()) {
    if (field.key() == name) value = std::isfinite(field.value()) ? field.value() : nan;
  }
  for (const auto& field : point.fieldsint()) {
    if (field.key() == name) value = static_cast<double>(field.value());
  }
  return value;
}

bool same(double a, double b) { return std::isnan(a) ? std::isnan(b) : a == b; }

void add_double(udf::Point& point, const std::string& key, double value) {
  auto& field = *point.add_fieldsdouble();
  field.set_key(key);
  field.set_value(value);
}

/// A point as Kapacitor may send it: each field in one map only, in any order, among tags and other fields.
udf::Point random_point(const std::vector<std::string>& names) {
  udf::Point point;
  point.set_time(*rc::gen::arbitrary<std::int64_t>());
  point.set_group(*rc::gen::arbitrary<std::string>());
  point.add_dimensions(*rc::gen::arbitrary<std::string>());
  auto& tag = *point.add_tags();
  tag.set_key("host");
  tag.set_value(*rc::gen::arbitrary<std::string>());
  for (const auto& name : names) {
    switch (*rc::gen::inRange(0, 6)) {
      case 0: {
        auto& field = *point.add_fieldsint();
        field.set_key(name);
        field.set_value(*rc::gen::arbitrary<std::int64_t>());
        break;
      }
      case 1: {
        auto& field = *point.add_fieldsstring();
        field.set_key(name);
        field.set_value(*rc::gen::arbitrary<std::string>());
        break;
      }
      case 2: {
        auto& field = *point.add_fieldsbool();
        field.set_key(name);
        field.set_value(*rc::gen::arbitrary<bool>());
        break;
      }
      case 3:
        break;
      default:
        add_double(point, name, *rc::gen::element(0.0, -0.0, 21.5, -1e300, infinity, nan));
        break;
    }
  }
  return point;
}

RC_GTEST_PROP(Point, ReadsWhatLibprotobufReads, ()) {
  const std::vector<std::string> names{"hotend", "bed", "", "a field with spaces", std::string(200, 'x')};
  const FieldSelection selection({"hotend", "", std::string(200, 'x'), "absent"});
  PointColumns columns(selection.size());
  for (int i = 0; i < 5; ++i) {
    const udf::Point point = random_point(names);
    const std::string bytes = point.SerializeAsString();
    RC_ASSERT(decode_point(as_bytes(bytes), selection, columns));
    RC_ASSERT(columns.times.back() == point.time());
    for (std::size_t column = 0; column < selection.size(); ++column) {
      RC_ASSERT(same(columns.columns[column].back(), their_value(point, selection.name(column))));
    }
  }
}

RC_GTEST_PROP(Point, AgreesWithLibprotobufOnAnyBytes, (const std::string& bytes)) {
  udf::Point theirs;
  PointColumns columns(1);
  const bool good = decode_point(as_bytes(bytes), FieldSelection({"x"}), columns);
  // libprotobuf looks into every submessage; ours need not look into tags. What it accepts, we accept.
  if (theirs.ParseFromString(bytes)) RC_ASSERT(good);
  RC_ASSERT(columns.times.size() == (good ? 1u : 0u));
}

/// Mutations of real points reach deeper than random bytes do.
RC_GTEST_PROP(Point, AgreesWithLibprotobufOnMutatedPoints, ()) {
  std::string bytes = random_point({"x", "y", "value"}).SerializeAsString();
  for (int i = *rc::gen::inRange(1, 4); i > 0 && !bytes.empty(); --i) {
    bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
  }
  udf::Point theirs;
  if (!theirs.ParseFromString(bytes)) return;
  PointColumns columns(1);
  RC_ASSERT(decode_point(as_bytes(bytes), FieldSelection({"x"}), columns));
  RC_ASSERT(columns.times.back() == theirs.time());
  const bool once = theirs.fieldsdouble_size() <= 1 && theirs.fieldsint().empty() &&
                    theirs.fieldsstring().empty() && theirs.fieldsbool().empty();
  if (once) RC_ASSERT(same(columns.columns[0].back(), their_value(theirs, "x")));
}

TEST(Point, OfARepeatedFieldTheLastCounts) {
  udf::Point point;
  add_double(point, "x", 1);
  add_double(point, "x", 2);
  PointColumns columns(1);
  ASSERT_TRUE(decode_point(as_bytes(point.SerializeAsString()), FieldSelection({"x"}), columns));
  EXPECT_EQ(columns.columns[0].back(), 2);
}

TEST(Point, AnEntryWithoutAValueIsZeroAsProtobufHasIt) {
  // fieldsDouble { key "x" }: the value 0 left out, as some writers do
  PointColumns columns(1);
  ASSERT_TRUE(decode_point(as_bytes(std::string("\x42\x03\x0a\x01x", 5)), FieldSelection({"x"}), columns));
  EXPECT_EQ(columns.columns[0].back(), 0);
}

TEST(Point, AnEntryWithTheValueFirstIsRead) {
  std::string bytes("\x42\x0c\x11", 3);
  const double value = 21.5;
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  bytes.append("\x0a\x01x", 3);
  PointColumns columns(1);
  ASSERT_TRUE(decode_point(as_bytes(bytes), FieldSelection({"x"}), columns));
  EXPECT_EQ(columns.columns[0].back(), 21.5);
}

TEST(Point, SaysWhyAValueIsMissing) {
  const FieldSelection selection({"absent", "text", "flag", "nan", "number"});
  udf::Point point;
  auto& text = *point.add_fieldsstring();
  text.set_key("text");
  auto& flag = *point.add_fieldsbool();
  flag.set_key("flag");
  add_double(point, "nan", nan);
  add_double(point, "number", 1);
  PointColumns columns(selection.size());
  ASSERT_TRUE(decode_point(as_bytes(point.SerializeAsString()), selection, columns));
  EXPECT_EQ(columns.missing, (std::vector<std::uint8_t>{missing_absent, missing_text, missing_boolean,
                                                        missing_not_finite, 0}));
  for (std::size_t column = 0; column < 4; ++column) EXPECT_TRUE(std::isnan(columns.columns[column].back()));
}

TEST(Point, AMissingFieldIsNeverZero) {
  udf::Point point;
  add_double(point, "other", 5);
  PointColumns columns(1);
  ASSERT_TRUE(decode_point(as_bytes(point.SerializeAsString()), FieldSelection({"x"}), columns));
  EXPECT_TRUE(std::isnan(columns.columns[0].back()));
}

TEST(Point, TruncatedAtAnyByteItLeavesTheColumnsAsTheyWere) {
  udf::Point point;
  point.set_time(123456789);
  add_double(point, "x", 5);
  const std::string bytes = point.SerializeAsString();
  PointColumns columns(1);
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    const std::size_t rows = columns.times.size();
    const bool good = decode_point(as_bytes(bytes.substr(0, cut)), FieldSelection({"x"}), columns);
    EXPECT_EQ(columns.times.size(), rows + (good ? 1 : 0));
    EXPECT_EQ(columns.columns[0].size(), columns.times.size());
  }
}

TEST(Point, TextsThatAreNoUtf8AreNoObstacle) {
  udf::Point point;
  point.set_group("host=\xff\xfe");
  add_double(point, "x", 5);
  PointColumns columns(1);
  ASSERT_TRUE(decode_point(as_bytes(point.SerializeAsString()), FieldSelection({"x"}), columns));
  EXPECT_EQ(columns.columns[0].back(), 5);
}

}  // namespace
}  // namespace oddity::wire
