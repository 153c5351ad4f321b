#include "wire/frame.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace oddity::wire {
namespace {

RC_GTEST_PROP(Frame, AStreamOfFramesIsCutBackIntoThem, (const std::vector<std::string>& bodies)) {
  std::string stream;
  for (const auto& body : bodies) {
    append_varint(stream, body.size());
    stream += body;
  }
  Bytes rest = as_bytes(stream);
  Bytes frame;
  for (const auto& body : bodies) {
    RC_ASSERT(take_frame(rest, frame) == FrameOutcome::complete);
    RC_ASSERT(as_text(frame) == body);
  }
  RC_ASSERT(take_frame(rest, frame) == FrameOutcome::incomplete);
  RC_ASSERT(rest.empty());
}

TEST(Frame, IsIncompleteAtEveryCutAndLeavesTheRestAlone) {
  std::string stream;
  append_varint(stream, 300);
  stream.append(300, 'x');
  for (std::size_t cut = 0; cut < stream.size(); ++cut) {
    Bytes rest = as_bytes(stream).first(cut);
    Bytes frame;
    EXPECT_EQ(take_frame(rest, frame), FrameOutcome::incomplete);
    EXPECT_EQ(rest.size(), cut);
  }
}

TEST(Frame, OfImpossibleLengthIsBroken) {
  std::string stream;
  append_varint(stream, longest_frame + 1);
  Bytes rest = as_bytes(stream);
  Bytes frame;
  EXPECT_EQ(take_frame(rest, frame), FrameOutcome::broken);
}

}  // namespace
}  // namespace oddity::wire
