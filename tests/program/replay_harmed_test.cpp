// A detector that crashes or hangs while files are judged: whose call it was is said, and earlier results stay.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "files.hpp"

namespace oddity::test {
namespace {

using testing::HasSubstr;

/// Hosts of which b has a value that misbehaves takes for its sign; the same as a series with labels.
class Harmed : public Files {
 protected:
  Harmed() {
    write("rows.lp", [] {
      std::string lp;
      for (int row = 0; row < 60; ++row) {
        for (const char* host : {"a", "b"})
          lp += fmt::format("m,host={} x={} {}\n", host, row == 40 && *host == 'b' ? 5000 : row % 7, row);
      }
      return lp;
    }());
    std::filesystem::create_directories(path("set/series"));
    std::string csv = "timestamp,value\n";
    for (int row = 0; row < 60; ++row) csv += fmt::format("{},{}\n", row, row == 40 ? 5000 : row % 7);
    write("set/series/one.csv", csv);
    write("set/labels.csv", "series,begin,end\none,40,41\n");
    write("oddity.yaml", "limits: {call: 300ms}\n");
  }
  std::string detector(const std::string& fault) const {
    return fmt::format(
        " --algorithm misbehaves --param fault={} --alpha 0.001 --size 20 --plugins {} --config {}", fault,
        ODDITY_MISBEHAVING, path("oddity.yaml"));
  }
  Finished replay(const std::string& fault, int threads) const {
    return run(
        fmt::format("replay {} --precision s --field x --group-by host --each --threads {} --output {}",
                    path("rows.lp"), threads, path("out.jsonl")) +
        detector(fault));
  }
  Finished evaluate(const std::string& fault) const {
    return run("evaluate " + path("set") + detector(fault));
  }
};

TEST_F(Harmed, AReplayWhoseDetectorHangsEndsAtTheLimit) {
  for (const int threads : {1, 2}) {
    write("out.jsonl", "earlier\n");
    const Finished done = replay("never-returns", threads);
    EXPECT_EQ(done.exit_code, 1);
    EXPECT_THAT(done.errors,
                HasSubstr("oddity: detector 'misbehaves' did not return within 0.3 s (group 'host=b')"));
    EXPECT_EQ(text_of(path("out.jsonl")), "earlier\n");
  }
}

TEST_F(Harmed, AReplayWhoseDetectorCrashesSaysWhoseCallItWas) {
  for (const int threads : {1, 2}) {
    write("out.jsonl", "earlier\n");
    const Finished done = replay("aborts", threads);
    EXPECT_NE(done.exit_code, 0);
    EXPECT_THAT(done.errors,
                HasSubstr("oddity: crashed (SIGABRT: aborted) in detector 'misbehaves' (group 'host=b')"));
    EXPECT_EQ(text_of(path("out.jsonl")), "earlier\n");
  }
}

TEST_F(Harmed, AnEvaluationDoesTheSame) {
  const Finished hung = evaluate("never-returns");
  EXPECT_EQ(hung.exit_code, 1);
  EXPECT_THAT(hung.errors, HasSubstr("detector 'misbehaves' did not return within 0.3 s (group 'one')"));
  const Finished crashed = evaluate("aborts");
  EXPECT_NE(crashed.exit_code, 0);
  EXPECT_THAT(crashed.errors, HasSubstr("crashed (SIGABRT: aborted) in detector 'misbehaves' (group 'one')"));
  EXPECT_EQ(crashed.out, "");
}

TEST_F(Harmed, ADetectorThatIsSlowButReturnsIsNotEnded) {
  const Finished done =
      run(fmt::format("replay {} --precision s --field x --each --param wait=100ms", path("rows.lp")) +
          detector("sleeps"));
  EXPECT_EQ(done.exit_code, 0) << done.errors;
}

}  // namespace
}  // namespace oddity::test
