#include <gtest/gtest.h>

#include "base/error.hpp"
#include "http/server.hpp"

namespace oddity::live {
namespace {

TEST(ListenAddress, IsAHostAndAPort) {
  const ListenAddress address = ListenAddress::parse("127.0.0.1:8186");
  EXPECT_EQ(address.host, "127.0.0.1");
  EXPECT_EQ(address.port, 8186);
  EXPECT_TRUE(address.is_loopback());
  EXPECT_EQ(address.url(8186), "http://127.0.0.1:8186");
}

TEST(ListenAddress, APortAloneIsOfThisMachine) {
  EXPECT_TRUE(ListenAddress::parse("8186").is_loopback());
  EXPECT_FALSE(ListenAddress::parse(":8186").is_loopback()) << "every address";
}

TEST(ListenAddress, OfTheSixthProtocolIsInBrackets) {
  const ListenAddress address = ListenAddress::parse("[::1]:0");
  EXPECT_EQ(address.host, "::1");
  EXPECT_TRUE(address.is_loopback());
  EXPECT_EQ(address.url(9), "http://[::1]:9");
}

TEST(ListenAddress, WhatIsNoneIsRefused) {
  for (const char* wrong : {"", "host", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000", "127.0.0.1:-1"})
    EXPECT_THROW(ListenAddress::parse(wrong), Error) << wrong;
}

}  // namespace
}  // namespace oddity::live
