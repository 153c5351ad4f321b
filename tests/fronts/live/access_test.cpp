#include "http/access.hpp"

#include <gtest/gtest.h>

namespace oddity::live {
namespace {

const Access open{"", true};
const Access closed{"secret", false};

TEST(Access, OnALoopbackAddressThisMachineMay) {
  for (const char* host : {"127.0.0.1:8186", "localhost:8186", "[::1]:8186", "127.0.1.1", "localhost"})
    EXPECT_EQ(open.refusal({"POST", host, "", "", ""}), "") << host;
}

TEST(Access, ANameThatOnlyLeadsHereMayNot) {
  for (const char* host : {"evil.example:8186", "localhost.evil.example", "127.evil", "10.0.0.1"})
    EXPECT_NE(open.refusal({"GET", host, "", "", ""}), "") << host;
}

TEST(Access, APageOfAnotherSiteMayNotWrite) {
  EXPECT_NE(open.refusal({"POST", "127.0.0.1:8186", "http://evil.example", "", ""}), "");
  EXPECT_NE(open.refusal({"POST", "127.0.0.1:8186", "null", "", ""}), "");
  EXPECT_EQ(open.refusal({"POST", "127.0.0.1:8186", "http://127.0.0.1:8186", "", ""}), "");
  EXPECT_EQ(open.refusal({"GET", "127.0.0.1:8186", "http://evil.example", "", ""}), "")
      << "it would not be shown the answer";
}

TEST(Access, ATokenIsAskedForInEveryWayThatClientsHave) {
  const auto asked = [](const char* authorization, const char* password) {
    return closed.refusal({"POST", "db.example", "", authorization, password});
  };
  EXPECT_EQ(asked("Token secret", ""), "");
  EXPECT_EQ(asked("Bearer secret", ""), "");
  EXPECT_EQ(asked("Basic dXNlcjpzZWNyZXQ=", ""), "") << "user:secret";
  EXPECT_EQ(asked("", "secret"), "");
  for (const char* wrong :
       {"", "Token", "Token ", "Token secre", "Token secrets", "Basic dXNlcjpzZWNyZXM=", "Basic !"})
    EXPECT_EQ(asked(wrong, ""), Access::no_token) << wrong;
  EXPECT_EQ(asked("", "wrong"), Access::no_token);
}

}  // namespace
}  // namespace oddity::live
