#include "wire/request.hpp"

#include <gtest/gtest.h>

#include "udf.pb.h"

namespace oddity::wire {
namespace {

std::string bytes_of(const google::protobuf::MessageLite& message) { return message.SerializeAsString(); }

TEST(Request, KapacitorsEncodingIsReadInPlace) {
  udf::Request request;
  request.mutable_point()->set_time(7);
  const std::string frame = bytes_of(request);
  std::string storage;
  const Request read = read_request(as_bytes(frame), storage);
  EXPECT_EQ(read.kind, RequestKind::point);
  EXPECT_EQ(as_text(read.body), bytes_of(request.point()));
  EXPECT_TRUE(storage.empty());
}

TEST(Request, EveryKindIsKnown) {
  const auto kind = [](auto set) {
    udf::Request request;
    set(request);
    std::string storage;
    const std::string frame = bytes_of(request);
    return read_request(as_bytes(frame), storage).kind;
  };
  EXPECT_EQ(kind([](auto& r) { r.mutable_info(); }), RequestKind::info);
  EXPECT_EQ(kind([](auto& r) { r.mutable_init(); }), RequestKind::init);
  EXPECT_EQ(kind([](auto& r) { r.mutable_keepalive(); }), RequestKind::keepalive);
  EXPECT_EQ(kind([](auto& r) { r.mutable_snapshot(); }), RequestKind::snapshot);
  EXPECT_EQ(kind([](auto& r) { r.mutable_restore(); }), RequestKind::restore);
  EXPECT_EQ(kind([](auto& r) { r.mutable_begin(); }), RequestKind::begin);
  EXPECT_EQ(kind([](auto& r) { r.mutable_end(); }), RequestKind::end);
  EXPECT_EQ(kind([](auto&) {}), RequestKind::none);
}

TEST(Request, OfSeveralMembersTheLastCountsAsInLibprotobuf) {
  udf::Request first;
  first.mutable_begin()->set_name("a");
  udf::Request last;
  last.mutable_end()->set_tmax(5);
  const std::string frame = bytes_of(first) + bytes_of(last);
  std::string storage;
  const Request read = read_request(as_bytes(frame), storage);
  EXPECT_EQ(read.kind, RequestKind::end);
  EXPECT_EQ(as_text(read.body), bytes_of(last.end()));
}

TEST(Request, EqualMembersMergeAsInLibprotobuf) {
  udf::Request first;
  first.mutable_point()->set_time(1);
  udf::Request last;
  last.mutable_point()->set_name("m");
  const std::string frame = bytes_of(first) + bytes_of(last);
  std::string storage;
  const Request read = read_request(as_bytes(frame), storage);
  udf::Point point;
  ASSERT_TRUE(point.ParseFromArray(read.body.data(), static_cast<int>(read.body.size())));
  EXPECT_EQ(point.time(), 1);
  EXPECT_EQ(point.name(), "m");
}

TEST(Request, WhatIsNoMessageIsMalformed) {
  std::string storage;
  EXPECT_EQ(read_request(as_bytes("\xff\xff"), storage).kind, RequestKind::malformed);
  EXPECT_EQ(read_request(as_bytes("\x8a\x01\x7f"), storage).kind,
            RequestKind::malformed);  // a point longer than the frame
}

/// Seen when the fuzzer was written: of a tag or a length libprotobuf reads five bytes at most.
TEST(Request, ATagLongerThanLibprotobufReadsIsMalformed) {
  std::string storage;
  const std::string keepalive("\x9a\x80\x80\x80\x80\x00\x00", 7);
  EXPECT_EQ(read_request(as_bytes(keepalive), storage).kind, RequestKind::malformed);
  const std::string with_long_length("\x1a\x80\x80\x80\x80\x80\x00", 7);
  EXPECT_EQ(read_request(as_bytes(with_long_length), storage).kind, RequestKind::malformed);
}

TEST(Request, TheEmptyFrameIsNone) {
  std::string storage;
  EXPECT_EQ(read_request({}, storage).kind, RequestKind::none);
}

}  // namespace
}  // namespace oddity::wire
