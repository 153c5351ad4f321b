#include "state/envelope.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace oddity::state {
namespace {

std::string reason(const std::string& bytes) {
  try {
    open(bytes);
  } catch (const EnvelopeError& error) {
    return error.what();
  }
  return "no error";
}

RC_GTEST_PROP(Envelope, WhatIsSealedIsOpened, (const std::string& content)) {
  const std::string sealed = seal(content);
  const auto opened = open(sealed);
  RC_ASSERT(std::string(reinterpret_cast<const char*>(opened.data()), opened.size()) == content);
}

RC_GTEST_PROP(Envelope, NoBytesAreACrash, (const std::string& bytes)) {
  RC_ASSERT(reason(bytes) != "no error");
}

TEST(Envelope, SaysWhatIsWrong) {
  const std::string sealed = seal("some content");
  EXPECT_EQ(reason(""), "expected a saved state of at least 24 bytes, got 0");
  EXPECT_EQ(reason(std::string(40, 'x')), "expected a state saved by Oddity, got other bytes");
  std::string newer = sealed;
  newer[8] = 2;
  EXPECT_EQ(reason(newer), "expected state format 1, got 2 (saved by another version of Oddity)");
  EXPECT_EQ(reason(sealed + "x"), "expected 12 bytes of saved state, got 13: it is cut or padded");
  std::string damaged = sealed;
  damaged.back() ^= 1;
  EXPECT_EQ(reason(damaged), "the saved state's checksum is wrong: it is damaged");
}

}  // namespace
}  // namespace oddity::state
