// Points written by hand, against libprotobuf's writing and reading of the same.
#include "wire/point_writer.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

#include "udf.pb.h"
#include "wire/responses.hpp"

namespace oddity::wire {
namespace {

/// Of any length that a length takes one byte for, or two.
std::string any_text() { return std::string(*rc::gen::element<std::size_t>(0, 1, 9, 127, 128, 300), 'x'); }

RC_GTEST_PROP(PointWriter, WritesTheBytesThatLibprotobufWrites, (std::int64_t time, bool by_name)) {
  udf::Point theirs;
  PointWriter ours;
  theirs.set_time(time);
  ours.time(time);
  const std::string name = any_text(), database = any_text(), policy = any_text(), group = any_text();
  theirs.set_name(name);
  ours.name(name);
  theirs.set_database(database);
  ours.database(database);
  theirs.set_retentionpolicy(policy);
  ours.retention_policy(policy);
  theirs.set_group(group);
  ours.group(group);
  const std::string key = any_text(), value = any_text();
  theirs.add_dimensions(key);
  ours.dimension(key);
  theirs.add_tags()->set_key(key);
  theirs.mutable_tags(0)->set_value(value);
  ours.tag(key, value);
  for (const double number : {*rc::gen::arbitrary<double>(), 0.0, -0.0}) {
    if (!std::isfinite(number)) continue;
    auto& field = *theirs.add_fieldsdouble();
    field.set_key(key);
    field.set_value(number);
    ours.number(key, number);
  }
  theirs.add_fieldsstring()->set_key(key);
  theirs.mutable_fieldsstring(0)->set_value(value);
  ours.text(key, value);
  theirs.set_byname(by_name);
  ours.by_name(by_name);
  for (const bool truth : {false, true}) {
    auto& field = *theirs.add_fieldsbool();
    field.set_key(key);
    field.set_value(truth);
    ours.boolean(key, truth);
  }
  RC_ASSERT(std::string(ours.body()) == theirs.SerializeAsString());
}

TEST(PointWriter, MakesTextsUtf8) {
  PointWriter point;
  point.name("a\xff");
  point.tag("\xff", "\xfe");
  point.number("\xff", 1);
  point.text("\xff", "\xff");
  point.boolean("\xff", true);
  udf::Point read;
  ASSERT_TRUE(read.ParseFromString(std::string(point.body())));
  EXPECT_EQ(read.name(), "a\xef\xbf\xbd");
  EXPECT_EQ(read.tags(0).key(), "\xef\xbf\xbd");
  EXPECT_EQ(read.tags(0).value(), "\xef\xbf\xbd");
  EXPECT_EQ(read.fieldsdouble(0).key(), "\xef\xbf\xbd");
  EXPECT_EQ(read.fieldsstring(0).value(), "\xef\xbf\xbd");
  EXPECT_EQ(read.fieldsbool(0).key(), "\xef\xbf\xbd");
}

TEST(PointWriter, LeavesOutWhatIsNotFinite) {
  PointWriter point;
  point.number("x", std::numeric_limits<double>::quiet_NaN());
  point.number("x", std::numeric_limits<double>::infinity());
  EXPECT_FALSE(point.has_field());
  EXPECT_TRUE(point.body().empty());
  Responses out;
  EXPECT_FALSE(out.point(point)) << "a point without a field ends the task";
  EXPECT_TRUE(out.frames().empty());
}

TEST(PointWriter, StartsAgainWhenCleared) {
  PointWriter point;
  point.number("x", 1);
  point.clear();
  EXPECT_FALSE(point.has_field());
  EXPECT_TRUE(point.body().empty());
}

}  // namespace
}  // namespace oddity::wire
