// The agent under valgrind, whose process is valgrind's and not ours: it runs there, and says the same.
#include <unistd.h>

#include "agent.hpp"

namespace oddity::test {
namespace {

constexpr const char* valgrind = "/usr/bin/valgrind";

/// What comes back for some windows, the last of which is anomalous.
std::vector<std::string> answers(StandIn& kapacitor) {
  std::vector<std::string> said;
  kapacitor.send(usual_init());
  const std::chrono::seconds patience(60);
  if (const auto answer = kapacitor.next(patience)) said.push_back(answer->SerializeAsString());
  for (int window = 0; window < 10; ++window) {
    const Batch batch = batch_until(20 * (window + 1));
    kapacitor.send(begin_request(batch, 20));
    const std::vector<double> values = wave(window, 20, window == 9 ? 25 : 20);
    for (std::int64_t i = 0; i < 20; ++i)
      kapacitor.send(point_request(batch, (20 * window + i) * second, {{"x", values[std::size_t(i)]}}));
    kapacitor.send(end_request(batch));
  }
  kapacitor.close_input();
  while (const auto answer = kapacitor.next(patience)) said.push_back(answer->SerializeAsString());
  EXPECT_EQ(kapacitor.exit_code(patience), 0) << kapacitor.log();
  return said;
}

TEST(UnderValgrind, TheAgentTriesItsDetectorsAndGivesTheSameAnswers) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer and valgrind do not go together";
#endif
  if (::access(valgrind, X_OK) != 0) GTEST_SKIP() << "no " << valgrind;
  StandIn there(valgrind, {"--quiet", "--tool=none", ODDITY_PROGRAM, "agent"});
  StandIn here(ODDITY_PROGRAM, {"agent"});
  const std::vector<std::string> expected = answers(here);
  EXPECT_EQ(answers(there), expected) << there.log();
  EXPECT_EQ(expected.size(), 10u) << "to init, and to each window but the first, from which it learns";
}

}  // namespace
}  // namespace oddity::test
