#include "http/body.hpp"

#include <gtest/gtest.h>

#include <array>
#include <initializer_list>

namespace oddity::live {
namespace {

constexpr int gzip = 15 + 16;
constexpr int zlib = 15;

std::string packed(std::string_view text, int form = gzip) {
  z_stream stream{};
  ::deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, form, 8, Z_DEFAULT_STRATEGY);
  std::array<char, 1'000> room;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(room.data());
  stream.avail_out = static_cast<uInt>(room.size());
  EXPECT_EQ(::deflate(&stream, Z_FINISH), Z_STREAM_END);
  ::deflateEnd(&stream);
  return {room.data(), room.size() - stream.avail_out};
}

/// What is unpacked of `bytes`, which come in pieces of `size`; "not whole" where they end early.
std::string unpacked(const std::string& bytes, std::size_t size) {
  Body body(true, 1'000);
  for (std::size_t at = 0; at < bytes.size(); at += size) {
    if (!body.take(std::string_view(bytes).substr(at, size))) break;
  }
  return body.is_whole() ? body.text() : "not whole";
}

TEST(Body, EitherFormIsUnpackedInWhateverPiecesItComes) {
  for (const int form : {gzip, zlib}) {
    for (const std::size_t size : {1'000, 7, 1})
      EXPECT_EQ(unpacked(packed("m x=1 1\n", form), size), "m x=1 1\n");
  }
}

TEST(Body, OneStreamBehindAnotherIsOneBody) {
  const std::string two = packed("m x=1 1\nm x=2") + packed(" 2\nm x=3 3\n");
  for (const std::size_t size : {1'000, 7, 1})
    EXPECT_EQ(unpacked(two, size), "m x=1 1\nm x=2 2\nm x=3 3\n") << "in pieces of " << size;
}

TEST(Body, WhatEndsEarlyIsNotWhole) {
  const std::string one = packed("m x=1 1\n");
  for (const std::string& before : {std::string(), one})
    for (std::size_t left = 1; left < one.size(); ++left)
      EXPECT_EQ(unpacked(before + one.substr(0, left), 1'000), "not whole") << left << " bytes are there";
}

TEST(Body, WhatIsNotPackedIsNotWhole) {
  EXPECT_EQ(unpacked("m x=1 1\n", 1'000), "not whole");
  EXPECT_EQ(unpacked(packed("m x=1 1\n") + "m x=2 2\n", 1'000), "not whole");
}

TEST(Body, WhatUnpacksToMoreThanThereIsRoomForIsTooLarge) {
  const std::string much = packed(std::string(500, 'x')) + packed(std::string(501, 'x'));
  Body body(true, 1'000);
  EXPECT_TRUE(body.take(much)) << "it is read on for a while";
  EXPECT_TRUE(body.is_too_large());
  EXPECT_EQ(body.text(), "");
}

}  // namespace
}  // namespace oddity::live
