#include "agent/frame_cutter.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstring>
#include <string>

#include "standin/standin.hpp"

namespace oddity::agent {
namespace {

std::string framed(const udf::Request& request) {
  std::string frame;
  wire::append_varint(frame, request.ByteSizeLong());
  request.AppendToString(&frame);
  return frame;
}

RC_GTEST_PROP(FrameCutter, ThePortionsOfAnyReadsAreWholeFramesInOrder, ()) {
  std::string stream;
  int frames = 0, keepalives = 0;
  for (int i = *rc::gen::inRange(1, 60); i > 0; --i, ++frames) {
    if (*rc::gen::inRange(0, 4) == 0) {
      stream += framed(test::keepalive_request(i));
      ++keepalives;
    } else {
      stream += framed(test::restore_request(std::string(*rc::gen::inRange<std::size_t>(0, 200), 'x')));
    }
  }
  Inbox inbox(1 << 30);
  FrameCutter cutter;
  int answered = 0;
  std::string_view rest = stream;
  while (!rest.empty()) {
    const std::size_t portion = std::min<std::size_t>(rest.size(), *rc::gen::inRange<std::size_t>(1, 300));
    std::memcpy(cutter.room(), rest.data(), portion);
    rest.remove_prefix(portion);
    RC_ASSERT(cutter.take(portion, [&](wire::Bytes) { ++answered; }));
    if (*rc::gen::arbitrary<bool>()) cutter.hand_on(inbox);
  }
  cutter.hand_on(inbox);
  std::string together;
  int found = 0;
  while (auto block = inbox.take()) {
    wire::Bytes bytes = block->bytes();
    together += wire::as_text(bytes);
    wire::Bytes frame;
    while (wire::take_frame(bytes, frame) == wire::FrameOutcome::complete) ++found;
    RC_ASSERT(bytes.empty());
    inbox.give_back(std::move(*block));
  }
  RC_ASSERT(together == stream);
  RC_ASSERT(found == frames);
  RC_ASSERT(answered == keepalives);
  RC_ASSERT(cutter.pending_bytes() == 0u);
}

TEST(FrameCutter, AFrameLargerThanAnyReadIsPutTogether) {
  const std::string frame = framed(test::restore_request(std::string(5'000'000, 'x')));
  Inbox inbox(1 << 30);
  FrameCutter cutter;
  for (std::size_t at = 0; at < frame.size();) {
    const std::size_t portion = std::min(frame.size() - at, cutter.room_bytes());
    std::memcpy(cutter.room(), frame.data() + at, portion);
    at += portion;
    ASSERT_TRUE(cutter.take(portion, [](wire::Bytes) {}));
  }
  cutter.hand_on(inbox);
  EXPECT_EQ(inbox.take()->size(), frame.size());
}

TEST(FrameCutter, WhatIsGatheredIsHandedOnAsOneBlock) {
  const std::string frame = framed(test::restore_request(std::string(1000, 'x')));
  Inbox inbox(1 << 30);
  FrameCutter cutter;
  while (!cutter.is_full()) {
    std::memcpy(cutter.room(), frame.data(), frame.size());
    ASSERT_TRUE(cutter.take(frame.size(), [](wire::Bytes) {}));
  }
  cutter.hand_on(inbox);
  EXPECT_EQ(inbox.take()->size() % frame.size(), 0u);
  EXPECT_FALSE(inbox.take().has_value()) << "one block";
  EXPECT_FALSE(cutter.is_full());
}

TEST(FrameCutter, ABrokenLengthIsSaid) {
  FrameCutter cutter;
  std::memset(cutter.room(), 0xff, 20);
  EXPECT_FALSE(cutter.take(20, [](wire::Bytes) {}));
}

}  // namespace
}  // namespace oddity::agent
