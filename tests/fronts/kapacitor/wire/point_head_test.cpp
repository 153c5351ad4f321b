#include "wire/point_head.hpp"

#include <gtest/gtest.h>

#include "udf.pb.h"

namespace oddity::wire {
namespace {

udf::Point usual_point() {
  udf::Point point;
  point.set_time(-7);
  point.set_name("cpu");
  point.set_database("db");
  point.set_retentionpolicy("rp");
  point.set_group("cpu\nhost=a");
  point.set_byname(true);
  point.add_dimensions("host");
  for (const auto& [key, value] : {std::pair{"rack", "r"}, {"host", "a"}}) {
    udf::Tag& tag = *point.add_tags();
    tag.set_key(key);
    tag.set_value(value);
  }
  point.add_fieldsdouble()->set_key("double");
  point.mutable_fieldsdouble(0)->set_value(1.5);
  point.add_fieldsint()->set_key("int");
  point.mutable_fieldsint(0)->set_value(-1);
  auto& text = *point.add_fieldsstring();
  text.set_key("text");
  text.set_value("so");
  auto& flag = *point.add_fieldsbool();
  flag.set_key("flag");
  flag.set_value(true);
  return point;
}

TEST(PointHeadTest, HasAllButTheValues) {
  const std::string body = usual_point().SerializeAsString();
  PointHead head;
  ASSERT_TRUE(decode_point_head(as_bytes(body), head));
  EXPECT_EQ(head.time, -7);
  EXPECT_EQ(head.name, "cpu");
  EXPECT_EQ(head.database, "db");
  EXPECT_EQ(head.retention_policy, "rp");
  EXPECT_EQ(head.group, "cpu\nhost=a");
  EXPECT_TRUE(head.by_name);
  EXPECT_EQ(head.dimensions, std::vector<std::string_view>{"host"});
  ASSERT_EQ(head.tags.size(), 2u);
  EXPECT_EQ(head.tags[1].value, "a");
  EXPECT_EQ(head.fields, (std::vector<std::string_view>{"double", "int", "text", "flag"}));
}

TEST(PointHeadTest, TheNextHasNoTraceOfTheLast) {
  const std::string body = usual_point().SerializeAsString();
  PointHead head;
  ASSERT_TRUE(decode_point_head(as_bytes(body), head));
  ASSERT_TRUE(decode_point_head({}, head));
  EXPECT_EQ(head.time, 0);
  EXPECT_TRUE(head.name.empty() && head.database.empty() && head.retention_policy.empty() &&
              head.group.empty());
  EXPECT_FALSE(head.by_name);
  EXPECT_TRUE(head.dimensions.empty() && head.tags.empty() && head.fields.empty());
}

TEST(PointHeadTest, WhatIsCutIsMalformed) {
  const std::string body = usual_point().SerializeAsString();
  PointHead head;
  std::size_t malformed = 0;
  for (std::size_t size = 0; size < body.size(); ++size) {
    udf::Point theirs;
    const std::string cut = body.substr(0, size);
    EXPECT_EQ(decode_point_head(as_bytes(cut), head), theirs.ParseFromString(cut)) << size;
    malformed += theirs.ParseFromString(cut) ? 0 : 1;
  }
  EXPECT_GT(malformed, 50u);
}

}  // namespace
}  // namespace oddity::wire
