// A file that is no library, or only half of one, is told of as such, whichever check meets it.
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <fstream>

#include "conformance/checks.hpp"
#include "conformance/run.hpp"

namespace oddity::conformance {
namespace {

namespace fs = std::filesystem;

/// What the check `id` finds of `path`, in a process of its own.
Result checked(const char* id, const fs::path& path) {
  for (const Check& check : all_checks()) {
    if (check.id != id) continue;
    Check alone = check;
    alone.needs = "";
    return run_checks(Candidate(path, 1), {alone}, std::chrono::seconds(20)).front().result;
  }
  return failed("there is no such check");
}

class CheckFile : public testing::Test {
 protected:
  CheckFile() {
    fs::create_directory(folder);
    fs::copy_file(fs::path(ODDITY_PLUGINS) / "zscore.so", file);
  }
  ~CheckFile() override { fs::remove_all(folder); }
  const fs::path folder = fs::temp_directory_path() / ("oddity-file-" + std::to_string(::getpid()));
  const fs::path file = folder / "half.so";
};

TEST_F(CheckFile, WantsAFileOfAnAlgorithmsName) {
  EXPECT_EQ(checked("file", file).outcome, CheckOutcome::passed);
  EXPECT_EQ(checked("file", folder).outcome, CheckOutcome::failed);
  EXPECT_EQ(checked("file", folder / "none.so").outcome, CheckOutcome::failed);
}

TEST_F(CheckFile, HalfALibraryEndsTheProcessThatLoadsIt) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer tells of the signal in its own way";
#endif
  fs::resize_file(file, fs::file_size(file) / 2);
  EXPECT_EQ(checked("loads", file), (Result{CheckOutcome::crashed, "Bus error"}));
}

TEST_F(CheckFile, WhatIsNoLibraryIsTold) {
  std::ofstream(file) << std::string(200, 'x');
  const Result found = checked("loads", file);
  EXPECT_EQ(found.outcome, CheckOutcome::failed);
  EXPECT_NE(found.detail.find("expected a shared library, got another kind of file (invalid ELF header)"),
            std::string::npos)
      << found.detail;
}

}  // namespace
}  // namespace oddity::conformance
