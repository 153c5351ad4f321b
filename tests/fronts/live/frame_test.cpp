#include "exchange/frame.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <tuple>
#include <vector>

namespace oddity::live {
namespace {

using Frames = std::vector<std::tuple<FrameKind, std::uint64_t, std::string>>;

/// What comes out when bytes come `step` at a time.
Frames cut(const std::string& bytes, std::size_t step) {
  Frames frames;
  FrameCutter cutter;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    const std::size_t size = std::min(step, bytes.size() - at);
    std::copy_n(bytes.data() + at, size, cutter.room(size));
    cutter.filled(size);
    Frame frame;
    while (cutter.next(frame)) frames.emplace_back(frame.kind, frame.number, std::string(frame.body));
  }
  return frames;
}

TEST(Frame, ABatchHasItsHeadBeforeItsLines) {
  std::string bytes;
  append_batch(bytes, 7, {123, 1'000, Source::http, true}, "m x=1\n");
  const Frames frames = cut(bytes, bytes.size());
  ASSERT_EQ(frames.size(), 1u);
  const auto& [kind, number, body] = frames[0];
  EXPECT_EQ(kind, FrameKind::batch);
  EXPECT_EQ(number, 7u);
  std::string_view rest = body;
  BatchHead head;
  ASSERT_TRUE(take_plain(rest, head));
  EXPECT_EQ(head.arrival, 123);
  EXPECT_EQ(head.unit, 1'000);
  EXPECT_EQ(head.source, Source::http);
  EXPECT_TRUE(head.answered_before);
  EXPECT_EQ(rest, "m x=1\n");
}

TEST(Frame, AShortBodyHoldsNoHead) {
  std::string_view rest = "short";
  BatchHead head;
  EXPECT_FALSE(take_plain(rest, head));
  EXPECT_EQ(rest, "short");
}

RC_GTEST_PROP(FrameProperty, HoweverTheBytesComeTheFramesAreThoseThatWereAppended,
              (const std::vector<std::string>& bodies)) {
  std::string bytes;
  Frames written;
  for (const std::string& body : bodies) {
    append_frame(bytes, FrameKind::answered, written.size(), body);
    written.emplace_back(FrameKind::answered, written.size(), body);
  }
  const auto step = *rc::gen::inRange<std::size_t>(1, 64);
  RC_ASSERT(cut(bytes, step) == written);
}

}  // namespace
}  // namespace oddity::live
