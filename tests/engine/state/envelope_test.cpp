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
  const Origin origin{draw_run_id(), *rc::gen::arbitrary<std::uint64_t>()};
  const std::string sealed = seal(content, origin);
  const Opened opened = open(sealed);
  RC_ASSERT(opened.origin == origin);
  RC_ASSERT(std::string(reinterpret_cast<const char*>(opened.content.data()), opened.content.size()) ==
            content);
}

TEST(Envelope, EachRunHasAnIdOfItsOwn) {
  EXPECT_NE(draw_run_id(), draw_run_id());
  EXPECT_EQ(to_text(RunId{std::byte{0x0f}, std::byte{0xa0}}), "0fa0" + std::string(28, '0'));
}

RC_GTEST_PROP(Envelope, NoBytesAreACrash, (const std::string& bytes)) {
  RC_ASSERT(reason(bytes) != "no error");
}

TEST(Envelope, SaysWhatIsWrong) {
  const std::string sealed = seal("some content");
  EXPECT_EQ(reason(""), "expected a saved state of at least 48 bytes, got 0");
  EXPECT_EQ(reason(std::string(60, 'x')), "expected a state saved by Oddity, got other bytes");
  std::string newer = sealed;
  newer[8] = 3;
  EXPECT_EQ(reason(newer), "expected a state of format 1 to 2, got 3 (saved by a newer version of Oddity)");
  EXPECT_EQ(reason(sealed + "x"), "expected 36 bytes of saved state, got 37: it is cut or padded");
  for (const std::size_t byte :
       {sealed.size() - 1, std::size_t{24}, std::size_t{40}}) {  // content, run, counter
    std::string damaged = sealed;
    damaged[byte] ^= 1;
    EXPECT_EQ(reason(damaged), "the saved state's checksum is wrong: it is damaged");
  }
}

}  // namespace
}  // namespace oddity::state
