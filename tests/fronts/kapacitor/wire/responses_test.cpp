// What would harm Kapacitor cannot leave.
#include "wire/responses.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <vector>

#include "base/utf8.hpp"
#include "wire/frame.hpp"
#include "wire/harmless.hpp"

namespace oddity::wire {
namespace {

std::vector<udf::Response> sent(const Responses& responses) {
  std::vector<udf::Response> all;
  Bytes rest = as_bytes(responses.frames());
  Bytes frame;
  while (take_frame(rest, frame) == FrameOutcome::complete) {
    EXPECT_FALSE(frame.empty()) << "an empty frame is a panic in kapacitord";
    all.emplace_back();
    EXPECT_TRUE(all.back().ParseFromArray(frame.data(), static_cast<int>(frame.size())));
    EXPECT_NE(all.back().message_case(), udf::Response::MESSAGE_NOT_SET);
  }
  EXPECT_TRUE(rest.empty());
  return all;
}

void add_double(udf::Point& point, const std::string& key, double value) {
  auto& field = *point.add_fieldsdouble();
  field.set_key(key);
  field.set_value(value);
}

TEST(Responses, AnEmptyInfoStillHasItsMember) {
  Responses out;
  out.info({});
  EXPECT_EQ(out.frames(), std::string("\x02\x0a\x00", 3));
}

TEST(Responses, InitSaysSuccessOrTheError) {
  Responses out;
  out.init({});
  out.init("option 'alpha': expected a number");
  const auto all = sent(out);
  EXPECT_TRUE(all[0].init().success());
  EXPECT_FALSE(all[1].init().success());
  EXPECT_EQ(all[1].init().error(), "option 'alpha': expected a number");
}

TEST(Responses, RestoreSaysSuccessOrTheError) {
  Responses out;
  out.restore({});
  out.restore("no");
  const auto all = sent(out);
  EXPECT_TRUE(all[0].restore().success());
  EXPECT_FALSE(all[1].restore().success());
}

TEST(Responses, KeepaliveEchoesTheTime) {
  Responses out;
  out.keepalive(42);
  EXPECT_EQ(sent(out)[0].keepalive().time(), 42);
}

TEST(Responses, WhatIsNotFiniteIsLeftOut) {
  udf::Point point;
  add_double(point, "nan", std::numeric_limits<double>::quiet_NaN());
  add_double(point, "inf", std::numeric_limits<double>::infinity());
  add_double(point, "p", 0.5);
  Responses out;
  EXPECT_TRUE(out.point(point));
  ASSERT_EQ(sent(out)[0].point().fieldsdouble_size(), 1);
  EXPECT_EQ(sent(out)[0].point().fieldsdouble(0).key(), "p");
}

TEST(Responses, APointWithoutFieldsIsNotSent) {
  udf::Point point;
  point.set_name("m");
  add_double(point, "nan", std::numeric_limits<double>::quiet_NaN());
  Responses out;
  EXPECT_FALSE(out.point(point));
  EXPECT_TRUE(out.frames().empty());
}

TEST(Responses, AnEndWithoutABeginIsNotSent) {
  Responses out;
  EXPECT_FALSE(out.end(udf::EndBatch()));
  out.begin(udf::BeginBatch());
  EXPECT_TRUE(out.end(udf::EndBatch()));
  EXPECT_FALSE(out.end(udf::EndBatch()));
  EXPECT_EQ(sent(out).size(), 2u);
}

RC_GTEST_PROP(Responses, TheSizeOfABeginIsSmallOrZero,
              (std::int64_t size)) {  // negative or huge: a panic in kapacitord
  udf::BeginBatch begin;
  begin.set_size(size);
  Responses out;
  out.begin(begin);
  out.begin(as_bytes(begin.SerializeAsString()));
  for (const auto& response : sent(out)) {
    RC_ASSERT(response.begin().size() == (size >= 0 && size <= max_announced ? size : 0));
  }
}

TEST(Responses, AHarmlessMessageIsSentByteForByte) {
  // Go writes a zero in a map's entry where libprotobuf writes nothing.
  const std::string point("\x08\x01\x42\x0c\x0a\x01\x66\x11\0\0\0\0\0\0\0\0", 16);
  const std::string begin("\x0a\x01m\x20\x01", 5);
  const std::string end("\x0a\x01m\x18\x05", 5);
  Responses out;
  EXPECT_TRUE(out.begin(as_bytes(begin)));
  EXPECT_TRUE(out.point(as_bytes(point)));
  EXPECT_TRUE(out.end(as_bytes(end)));
  EXPECT_EQ(out.frames(), "\x08\x82\x01\x05" + begin + "\x13\x8a\x01\x10" + point + "\x08\x92\x01\x05" + end);
}

TEST(Responses, AMessageThatIsNotHarmlessIsCleaned) {
  udf::Point point;
  point.set_name("\xff");
  add_double(point, "nan", std::numeric_limits<double>::quiet_NaN());
  Responses out;
  EXPECT_FALSE(out.point(as_bytes(point.SerializeAsString()))) << "nothing is left of it";
  add_double(point, "p", 0.5);
  EXPECT_TRUE(out.point(as_bytes(point.SerializeAsString())));
  ASSERT_EQ(sent(out).size(), 1u);
  EXPECT_EQ(sent(out)[0].point().name(), "\xef\xbf\xbd");
  EXPECT_EQ(sent(out)[0].point().fieldsdouble_size(), 1);
}

TEST(Responses, AMessageThatCannotBeReadIsNotSent) {
  Responses out;
  const Bytes cut = as_bytes("\x0a\x05m");
  EXPECT_FALSE(out.begin(cut));
  EXPECT_FALSE(out.point(cut));
  EXPECT_FALSE(out.end(as_bytes("\x0a\x01m"))) << "no batch is open";
  EXPECT_TRUE(out.frames().empty());
}

TEST(Responses, APointIsHandedOnByteForByteWithFurtherFieldsBehind) {
  udf::Point point, more;
  point.set_name("m");
  point.set_time(7);
  add_double(point, "x", 1);
  auto& text = *point.add_fieldsstring();
  text.set_key("text");
  text.set_value("so");
  add_double(more, "pvalue", 0.5);
  const std::string body = point.SerializeAsString();
  Responses out;
  ASSERT_TRUE(out.point(as_bytes(body), more));
  EXPECT_NE(out.frames().find(body), std::string::npos);
  point.MergeFrom(more);
  ASSERT_EQ(sent(out).size(), 1u);
  EXPECT_EQ(sent(out)[0].point().SerializeAsString(), point.SerializeAsString());
}

TEST(Responses, APointThatCouldHarmIsCleanedBeforeFurtherFieldsAreAdded) {
  udf::Point point, more;
  point.set_name("\xff");
  add_double(point, "x", std::numeric_limits<double>::infinity());
  add_double(more, "pvalue", 0.5);
  add_double(more, "t", std::numeric_limits<double>::quiet_NaN());
  Responses out;
  ASSERT_TRUE(out.point(as_bytes(point.SerializeAsString()), more));
  ASSERT_EQ(sent(out).size(), 1u);
  const udf::Point cleaned = sent(out)[0].point();
  EXPECT_EQ(cleaned.name(), "\xef\xbf\xbd");
  ASSERT_EQ(cleaned.fieldsdouble_size(), 1);
  EXPECT_EQ(cleaned.fieldsdouble(0).key(), "pvalue");
  EXPECT_FALSE(out.point(as_bytes("\x0a\x05m"), more)) << "malformed";
}

RC_GTEST_PROP(Responses, EveryTextIsUtf8, (const std::string& text)) {
  udf::Point point;
  point.set_name(text);
  point.set_group(text);
  point.add_dimensions(text);
  point.add_tags()->set_value(text);
  add_double(point, text, 1);
  Responses out;
  out.point(point);
  out.error(text);
  out.init(text + "x");
  const auto all = sent(out);
  RC_ASSERT(is_utf8(all[0].point().name()));
  RC_ASSERT(is_utf8(all[0].point().group()));
  RC_ASSERT(is_utf8(all[0].point().dimensions(0)));
  RC_ASSERT(is_utf8(all[0].point().tags(0).value()));
  RC_ASSERT(is_utf8(all[0].point().fieldsdouble(0).key()));
  RC_ASSERT(is_utf8(all[1].error().error()));
  RC_ASSERT(is_utf8(all[2].init().error()));
}

}  // namespace
}  // namespace oddity::wire
