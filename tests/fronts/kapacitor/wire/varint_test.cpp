#include "wire/varint.hpp"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "wire/field_reader.hpp"

namespace oddity::wire {
namespace {

VarintOutcome read(const std::string& text, std::uint64_t& value) {
  const Bytes bytes = as_bytes(text);
  const std::byte* at = bytes.data();
  return read_varint(at, at + bytes.size(), value);
}

RC_GTEST_PROP(Varint, WhatIsWrittenIsRead, (std::uint64_t value)) {
  std::string text;
  append_varint(text, value);
  std::uint64_t read_back = 0;
  RC_ASSERT(read(text, read_back) == VarintOutcome::complete);
  RC_ASSERT(read_back == value);
}

RC_GTEST_PROP(Varint, IsWrittenAsLibprotobufWritesIt, (std::uint64_t value)) {
  std::string theirs;
  {
    google::protobuf::io::StringOutputStream stream(&theirs);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.WriteVarint64(value);
  }
  std::string ours;
  append_varint(ours, value);
  RC_ASSERT(ours == theirs);
}

TEST(Varint, IsIncompleteAtEveryCut) {
  std::string text;
  append_varint(text, ~std::uint64_t{0});
  ASSERT_EQ(text.size(), longest_varint);
  for (std::size_t cut = 0; cut < text.size(); ++cut) {
    std::uint64_t value = 7;
    EXPECT_EQ(read(text.substr(0, cut), value), VarintOutcome::incomplete);
    EXPECT_EQ(value, 7u);
  }
}

TEST(Varint, OfMoreThanTenBytesIsMalformed) {
  std::uint64_t value = 0;
  EXPECT_EQ(read(std::string(11, '\x80'), value), VarintOutcome::malformed);
}

}  // namespace
}  // namespace oddity::wire
