#include "oddity/state.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <limits>

namespace oddity {
namespace {

std::int32_t append(void* context, const void* bytes, std::uint64_t size) {
  static_cast<std::string*>(context)->append(static_cast<const char*>(bytes), size);
  return 0;
}

template <class Write>
std::string written(Write write) {
  std::string bytes;
  const oddity_sink sink{&bytes, &append};
  StateWriter writer(sink);
  write(writer);
  return bytes;
}

StateReader reader_of(const std::string& bytes) { return StateReader(std::as_bytes(std::span(bytes))); }

RC_GTEST_PROP(State, WhatIsWrittenIsRead,
              (std::uint64_t a, std::int32_t b, std::uint8_t c, const std::string& text)) {
  const std::string bytes = written([&](StateWriter& out) {
    out.write(a);
    out.write(b);
    out.write(c);
    out.write(std::string_view(text));
    out.write(1.5);
  });
  StateReader in = reader_of(bytes);
  RC_ASSERT(in.read<std::uint64_t>() == a);
  RC_ASSERT(in.read<std::int32_t>() == b);
  RC_ASSERT(in.read<std::uint8_t>() == c);
  RC_ASSERT(in.read_text() == text);
  RC_ASSERT(in.read_double() == 1.5);
  in.expect_end();
}

TEST(State, IsLittleEndian) {
  EXPECT_EQ(written([](StateWriter& out) { out.write(std::uint32_t{0x01020304}); }),
            std::string("\x04\x03\x02\x01"));
}

TEST(State, NumbersOneAfterAnotherAreTheSameBytesAsOneByOne) {
  const std::uint16_t counts[] = {1, 0, 65535};
  const double shares[] = {0.5, -1e300};
  const std::string together = written([&](StateWriter& out) {
    out.write(std::span<const std::uint16_t>(counts));
    out.write(std::span<const double>(shares));
    out.write(std::span<const std::uint32_t>());
  });
  EXPECT_EQ(together, written([&](StateWriter& out) {
              for (const std::uint16_t count : counts) out.write(count);
              for (const double share : shares) out.write(share);
            }));
}

TEST(State, ACountIsCheckedAgainstTheBytesThatAreThere) {
  const std::string bytes =
      written([](StateWriter& out) { out.write(std::numeric_limits<std::uint64_t>::max()); });
  StateReader in = reader_of(bytes);
  EXPECT_THROW(in.read_count(8), StateError);
}

TEST(State, NumbersThatAreNotFiniteAreRefused) {
  const std::string bytes =
      written([](StateWriter& out) { out.write(std::numeric_limits<double>::infinity()); });
  StateReader in = reader_of(bytes);
  std::array<double, 1> values{};
  EXPECT_THROW(in.read_finite(values), StateError);
}

TEST(State, EndsAreNoticed) {
  const std::string bytes = written([](StateWriter& out) { out.write(std::uint32_t{1}); });
  StateReader early = reader_of(bytes);
  EXPECT_THROW(early.read<std::uint64_t>(), StateError);
  StateReader late = reader_of(bytes);
  EXPECT_THROW(late.expect_end(), StateError);
}

TEST(State, ASinkThatTakesNoMoreIsAnError) {
  const oddity_sink full{nullptr, [](void*, const void*, std::uint64_t) -> std::int32_t { return 1; }};
  StateWriter writer(full);
  EXPECT_THROW(writer.write(1.0), StateError);
}

}  // namespace
}  // namespace oddity
