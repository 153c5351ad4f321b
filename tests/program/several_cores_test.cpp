// What a replay says does not depend on the number of cores that it uses; nor on how its input is packed.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <zstd.h>

#include <cmath>

#include "files.hpp"

namespace oddity::test {
namespace {

using testing::HasSubstr;

class SeveralCores : public Files {
 protected:
  static double value(int host, int row) {
    const double noise = std::fmod(std::abs(std::sin((row + 31 * host) * 12.9898)) * 43758.5453, 2.0) - 1;
    return 100 + 40 * std::sin(row / 229.0 + host) + noise + (row % 1700 == 1600 && host % 3 == 1 ? 60 : 0);
  }
  /// A row a second of seven hosts: more lines than are read before pieces are made of them, some of them odd ones.
  std::string rows(const std::string& name, int begin, int end) const {
    std::string lp;
    for (int row = begin; row < end; ++row) {
      for (int host = 0; host < 7; ++host)
        lp += fmt::format("cpu,host={} x={:.3f},y={} {}\n", host, value(host, row), row % 7, row);
      if (row % 997 == 0) lp += fmt::format("cpu,host=1 x=t,y=1 {}\nno line\n", row);
    }
    return write(name, lp);
  }
  struct Everything {
    std::string out, errors, state, report, picture;
    bool operator==(const Everything&) const = default;
  };
  Everything replay(const std::string& options, std::size_t threads) const {
    const Finished done = run(fmt::format(
        "replay {} --precision s --group-by host --save-state {} --report {} --picture {} --threads {}",
        options, path("learned"), path("page.html"), path("drawn.svg"), threads));
    EXPECT_EQ(done.exit_code, 0) << done.errors;
    return {done.out, done.errors, text_of(path("learned")), text_of(path("page.html")),
            text_of(path("drawn.svg"))};
  }
  void same_on_all(const std::string& options) const {
    const Everything alone = replay(options, 1);
    EXPECT_GT(alone.out.size(), 1000u) << "something is said";
    for (const std::size_t threads : {2, 5}) {
      const Everything together = replay(options, threads);
      EXPECT_EQ(together.errors, alone.errors) << options << ", " << threads << " threads";
      EXPECT_TRUE(together == alone) << options << ", " << threads << " threads";
    }
  }
};

TEST_F(SeveralCores, WindowsAreJudgedAsByOne) {
  same_on_all(
      rows("a.lp", 0, 3000) +
      " --field x --field y --algorithm ttest --algorithm ks --size 200 --alpha 0.001 --period 20s --tail");
}

TEST_F(SeveralCores, SingleRowsAreJudgedAsByOne) {
  same_on_all(rows("a.lp", 0, 2500) + " --field x --algorithm novelty --each");
}

TEST_F(SeveralCores, WhatWasLearnedIsTakenUpAsByOne) {
  const std::string first = rows("a.lp", 0, 2000);
  const std::string second = rows("b.lp", 2000, 2600);
  const std::string options = " --field x --algorithm ttest --size 300 --alpha 0.001 --period 10s";
  ASSERT_EQ(run("replay " + first + options + " --precision s --group-by host --save-state " + path("first"))
                .exit_code,
            0);
  same_on_all(second + options + " --load-state " + path("first"));
  // Groups that do not come again keep their places.
  std::string few;
  for (int row = 2000; row < 2400; ++row)
    few += fmt::format("cpu,host=5 x=1 {0}\ncpu,host=9 x={1} {0}\n", row, row % 5);
  same_on_all(write("few.lp", few) + options + " --load-state " + path("first"));
}

TEST_F(SeveralCores, GroupsThatAreForgottenAreTheSame) {
  std::string lp;  // hosts come and go, and some come again
  for (int row = 0; row < 6000; ++row) {
    for (int host = 0; host < 7; ++host) {
      if ((row / 500 + host) % 5 < 2) lp += fmt::format("cpu,host={} x={} {}\n", host, value(host, row), row);
    }
  }
  const std::string options =
      write("a.lp", lp) + " --field x --algorithm ttest --size 200 --alpha 0.001 --period 10s";
  same_on_all(options + " --maxGroups 4");
  same_on_all(options + " --ttl 4m");
}

TEST_F(SeveralCores, WhatIsToldOnceIsToldOnce) {
  std::string lp;
  for (int row = 0; row < 100; ++row)
    for (int host = 0; host < 9; ++host)
      lp += fmt::format("m,host={} x={}e307 {}\n", host, row % 2 == 0 ? 17 : -17, row);
  const std::string command = "replay " + write("huge.lp", lp) +
                              " --precision s --field x --group-by host --size 50 --alpha 0.01 --period 10s";
  const Finished alone = run(command + " --threads 1");
  EXPECT_THAT(alone.errors, HasSubstr("has no answer"));
  EXPECT_EQ(run(command + " --threads 4").errors, alone.errors);
}

/// As zstd packs it.
std::string by_zstd(const std::string& text) {
  std::string bytes(::ZSTD_compressBound(text.size()), '\0');
  bytes.resize(::ZSTD_compress(bytes.data(), bytes.size(), text.data(), text.size(), 3));
  return bytes;
}

TEST_F(SeveralCores, ZstdGivesTheSame) {
  const std::string file = rows("a.lp", 0, 2500);
  const std::string options =
      " --precision s --group-by host --field x --size 200 --alpha 0.001 --period 10s";
  const Finished plain = run("replay " + file + options);
  ASSERT_EQ(plain.exit_code, 0) << plain.errors;
  const std::string whole = text_of(file);
  const std::string packed = by_zstd(whole.substr(0, 100'000)) + by_zstd(whole.substr(100'000));
  for (const char* threads : {" --threads 1", " --threads 3"}) {
    EXPECT_EQ(run("replay " + write("a.lp.zst", packed) + options + threads).out, plain.out);
    EXPECT_EQ(run("replay - " + options + threads, "cat '" + path("a.lp.zst") + "' | ").out, plain.out);
    const Finished cut =
        run("replay " + write("cut.zst", packed.substr(0, packed.size() - 50)) + options + threads);
    EXPECT_EQ(cut.exit_code, 1);
    EXPECT_EQ(cut.out, "");
    EXPECT_THAT(cut.errors,
                HasSubstr("cut.zst': expected a file that can be read, got a truncated zstd file"));
  }
  const std::string csv = write("rows.csv.zst", by_zstd("time,x\n1,1\n2,2\n3,3\n4,4\n5,5\n"));
  EXPECT_EQ(run("replay " + csv + each_second).exit_code, 0) << "CSV by the name that it has unpacked";
}

TEST_F(SeveralCores, ANumberOfThreadsIsAboveZero) {
  const Finished none = run("replay " + rows("a.lp", 0, 10) + " --field x --threads 0");
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_THAT(none.errors, HasSubstr("--threads"));
}

}  // namespace
}  // namespace oddity::test
