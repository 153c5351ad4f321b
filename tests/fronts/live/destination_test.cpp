#include <gtest/gtest.h>

#include "base/error.hpp"
#include "send/sender.hpp"

namespace oddity::live {
namespace {

TEST(Destination, AServerAloneIsInfluxDB1) {
  const Destination to = Destination::parse("http://127.0.0.1:8086", "my db", "");
  EXPECT_EQ(to.server, "http://127.0.0.1:8086");
  EXPECT_EQ(to.path, "/write?db=my%20db&precision=ns");
  EXPECT_EQ(to.database, "my db");
}

TEST(Destination, WithAPathItIsTakenAsItIs) {
  const Destination to = Destination::parse("https://host/api/v2/write?org=o&bucket=b", "oddity", "secret");
  EXPECT_EQ(to.server, "https://host");
  EXPECT_EQ(to.path, "/api/v2/write?org=o&bucket=b&precision=ns");
  EXPECT_EQ(to.database, "") << "it is not ours to make";
  EXPECT_EQ(to.token, "secret");
  EXPECT_EQ(Destination::parse("http://h/write", "d", "").path, "/write?precision=ns");
}

TEST(Destination, WhatIsNoURLIsRefused) {
  for (const char* wrong : {"", "127.0.0.1:8086", "ftp://host", "http://", "http:///write"})
    EXPECT_THROW(Destination::parse(wrong, "d", ""), Error) << wrong;
}

}  // namespace
}  // namespace oddity::live
