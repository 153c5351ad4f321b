#include "wire/batch.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "udf.pb.h"

namespace oddity::wire {
namespace {

using TextPairs = std::vector<std::pair<std::string, std::string>>;

RC_GTEST_PROP(Begin, ReadsWhatLibprotobufWrote,
              (const std::string& name, const std::string& group, bool by_name, std::int64_t size)) {
  udf::BeginBatch message;
  message.set_name(name);
  message.set_group(group);
  message.set_byname(by_name);
  message.set_size(size);
  message.add_tags()->set_key("host");
  const std::string bytes = message.SerializeAsString();
  const auto begin = decode_begin(as_bytes(bytes));
  RC_ASSERT(begin.has_value());
  RC_ASSERT(begin->name == name);
  RC_ASSERT(begin->group == group);
  RC_ASSERT(begin->by_name == by_name);
}

RC_GTEST_PROP(End, ReadsWhatLibprotobufWrote,
              (const std::string& name, std::int64_t tmax, const TextPairs& tags)) {
  udf::EndBatch message;
  message.set_name(name);
  message.set_tmax(tmax);
  for (const auto& [key, value] : tags) {
    auto& tag = *message.add_tags();
    tag.set_key(key);
    tag.set_value(value);
  }
  const std::string bytes = message.SerializeAsString();
  End end;
  RC_ASSERT(decode_end(as_bytes(bytes), end));
  RC_ASSERT(end.name == name);
  RC_ASSERT(end.tmax == tmax);
  RC_ASSERT(end.tags.size() == tags.size());
  for (std::size_t i = 0; i < tags.size(); ++i) {
    RC_ASSERT(end.tags[i].key == tags[i].first);
    RC_ASSERT(end.tags[i].value == tags[i].second);
  }
}

RC_GTEST_PROP(End, AgreesWithLibprotobufOnAnyBytes, (const std::string& bytes)) {
  udf::EndBatch theirs;
  End ours;
  RC_ASSERT(decode_end(as_bytes(bytes), ours) == theirs.ParseFromString(bytes));
}

TEST(End, IsReusedWithoutTracesOfTheLast) {
  udf::EndBatch message;
  message.set_tmax(5);
  message.add_tags()->set_key("a");
  const std::string bytes = message.SerializeAsString();
  End end;
  ASSERT_TRUE(decode_end(as_bytes(bytes), end));
  ASSERT_TRUE(decode_end({}, end));
  EXPECT_EQ(end.tmax, 0);
  EXPECT_TRUE(end.tags.empty());
}

/// Found by fuzzing: the bit beyond 32 was dropped, and what followed read as a field of its own.
TEST(End, ALengthOf33BitsIsMalformed) {
  const std::string bytes("\x1a\x80\x80\x80\x80\x10", 6);
  udf::EndBatch theirs;
  End ours;
  EXPECT_FALSE(theirs.ParseFromString(bytes));
  EXPECT_FALSE(decode_end(as_bytes(bytes), ours));
}

TEST(Batch, MalformedMessagesAreRefused) {
  End end;
  EXPECT_FALSE(decode_begin(as_bytes("\x0a\x05xx")).has_value());
  EXPECT_FALSE(decode_end(as_bytes("\x22\x03\x0a\x05x"), end));
}

}  // namespace
}  // namespace oddity::wire
