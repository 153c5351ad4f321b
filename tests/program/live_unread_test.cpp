// `oddity live` whose answers nobody reads for a while.
#include <gtest/gtest.h>

#include "live_client.hpp"

namespace oddity::test {
namespace {

class LiveUnread : public LiveHttp {
 protected:
  /// A state was written; it waits, or has replaced the one before.
  bool saved() const {
    return LiveProcess::soon([&] {
      return std::filesystem::exists(path("state") + "/state.next") ||
             std::filesystem::exists(path("state") + "/state");
    });
  }
  /// All that comes out for a series of so many points, two of which are learned before one is judged; less where
  /// nothing comes any more.
  std::string answers(int points) const {
    std::string all;
    std::string line = "none yet";
    for (int i = 2; i < points && !line.empty(); ++i) all += line = live->line();
    return all;
  }
};

TEST_F(LiveUnread, AnswersThatAreNotReadOutliveAStateThatHasLearnedFromTheirLines) {
  constexpr int lines = 3'000;  // whose answers are more than a pipe holds
  begin();
  ASSERT_EQ(post("/write?precision=s", series(0, lines)), 204);
  ASSERT_EQ(post("/write?precision=s", series(lines, lines + 1)), 204);
  const std::string undisturbed = answers(lines + 1);

  const std::vector<std::string> state{"--state", path("state"), "--save-every", "10ms"};
  begin(state);
  ASSERT_EQ(post("/write?precision=s", series(0, lines)), 204);
  ASSERT_TRUE(counts("lines_total " + std::to_string(lines)));
  ASSERT_TRUE(saved());
  ASSERT_EQ(post("/write?precision=s", series(lines, lines + 1)), 204);
  ASSERT_TRUE(counts("lines_total " + std::to_string(lines + 1))) << "that it is saved was heard before";
  ASSERT_EQ(answered(), 0u) << "the first answer is not out";
  live->kill();

  begin(state);
  const std::string out = answers(lines + 1);
  EXPECT_TRUE(out == undisturbed) << out.size() << " bytes of " << undisturbed.size();
}

}  // namespace
}  // namespace oddity::test
