#include "state/sections.hpp"

#include <gtest/gtest.h>

namespace oddity::state {
namespace {

std::span<const std::byte> bytes_of(const std::string& text) { return std::as_bytes(std::span(text)); }
std::string text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

TEST(Sections, AreReadInTheOrderInWhichTheyWereWritten) {
  std::string written;
  Section::write(written, 7, 2, "abc");
  Section::write(written, 1, 1, "");
  SectionReader sections(bytes_of(written));
  const auto first = sections.next();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->tag, 7u);
  EXPECT_EQ(first->version, 2u);
  EXPECT_EQ(text_of(first->bytes), "abc");
  const auto second = sections.next();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->tag, 1u);
  EXPECT_TRUE(second->bytes.empty());
  EXPECT_FALSE(sections.next());
}

TEST(Sections, TheLayoutIsAsDocumented) {
  std::string written;
  Section::write(written, 0x04030201, 5, "xy");
  EXPECT_EQ(written, std::string("\x01\x02\x03\x04"
                                 "\x05\0\0\0"
                                 "\x02\0\0\0\0\0\0\0"
                                 "xy",
                                 18));
}

TEST(Sections, OneThatAnnouncesMoreThanThereIsIsRefused) {
  std::string written;
  Section::write(written, 1, 1, "abcdef");
  for (std::size_t cut = 1; cut < written.size(); ++cut) {
    const std::string part = written.substr(0, cut);
    SectionReader sections(bytes_of(part));
    EXPECT_THROW(sections.next(), StateError) << cut;
  }
}

}  // namespace
}  // namespace oddity::state
