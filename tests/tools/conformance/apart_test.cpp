// A process of its own for a function: what it says, prints, breaks and leaves behind.
#include "conformance/apart.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>

#include "conformance/guarded_bytes.hpp"
#include "conformance/memory_limit.hpp"

namespace oddity::conformance {
namespace {

constexpr std::chrono::seconds patience(20);

TEST(RunApart, BringsBackWhatTheFunctionReturns) {
  const std::string large(1 << 20, 'x');
  const Ended ended = run_apart([&] { return large; }, patience);
  EXPECT_TRUE(ended.returned);
  EXPECT_EQ(ended.said, large);
  EXPECT_EQ(run_apart([] { return std::string(); }, patience).said, "");
}

TEST(RunApart, KeepsWhatIsPrintedApart) {
  const Ended ended = run_apart(
      [] {
        std::printf("out");  // not flushed: a library's unfinished line is a line, too
        std::fprintf(stderr, "err");
        return std::string("said");
      },
      patience);
  EXPECT_EQ(ended.printed, "out");
  EXPECT_EQ(ended.complained, "err");
  EXPECT_EQ(ended.said, "said");
}

TEST(RunApart, AnExitBeforeTheEndIsNoReturn) {
  const Ended ended = run_apart([]() -> std::string { ::_exit(0); }, patience);
  EXPECT_FALSE(ended.returned);
  EXPECT_EQ(ended.how, "ended the process (exit 0)");
}

TEST(RunApart, EndsWhateverIsLeftBehind) {
  const Ended ended = run_apart(
      [] {
        const pid_t left = ::fork();
        if (left == 0) {
          while (true) ::pause();
        }
        return std::to_string(left);
      },
      patience);
  const pid_t left = std::stoi(ended.said);
  // Our child's child: gone, or dead and not yet collected by whoever inherited it.
  for (int i = 0; i < 1000 && ::kill(left, 0) == 0; ++i) {
    char state = 0;
    if (FILE* const stat = std::fopen(("/proc/" + ended.said + "/stat").c_str(), "r")) {
      if (std::fscanf(stat, "%*d (%*[^)]) %c", &state) != 1) state = 0;
      std::fclose(stat);
    }
    if (state == 'Z') return;
    ::usleep(10'000);
  }
  EXPECT_NE(::kill(left, 0), 0);
}

TEST(RunApart, TheInputIsEmpty) {
  EXPECT_EQ(
      run_apart([] { return std::string(std::getchar() == EOF ? "empty" : "something"); }, patience).said,
      "empty");
}

TEST(GuardedBytes, HoldACopyThatCanNeitherBeWrittenNorReadBeyond) {
  const std::string text = "exactly this";
  const GuardedBytes guarded(std::as_bytes(std::span(text)));
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(guarded.data()), text.size()), text);
  const auto touched = [&](auto touch) {
    return run_apart(
        [&] {
          touch(const_cast<volatile std::byte*>(guarded.data()));
          return std::string();
        },
        patience);
  };
  EXPECT_FALSE(touched([&](volatile std::byte* bytes) { static_cast<void>(bytes[text.size()]); }).returned);
  EXPECT_FALSE(touched([&](volatile std::byte* bytes) { bytes[0] = std::byte{1}; }).returned);
  EXPECT_TRUE(
      touched([&](volatile std::byte* bytes) { static_cast<void>(bytes[text.size() - 1]); }).returned);
}

TEST(GuardedBytes, MayBeNone) { EXPECT_NE(GuardedBytes({}).data(), nullptr); }

TEST(MemoryLimit, HoldsForItsLifetime) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "without effect under a sanitizer";
#endif
  const Ended ended = run_apart(
      [] {
        constexpr std::size_t much = 1 << 30;
        {
          const MemoryLimit limit(64 << 20);
          try {
            const std::string text(much, 'x');
            return std::string("too much was given");
          } catch (const std::bad_alloc&) {
          }
        }
        return std::string(std::string().max_size() > much ? "limited" : "");
      },
      patience);
  EXPECT_EQ(ended.said, "limited");
}

}  // namespace
}  // namespace oddity::conformance
