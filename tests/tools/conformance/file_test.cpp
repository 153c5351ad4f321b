// A file that is no library, or only half of one, is told of before the dynamic linker sees it.
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "conformance/checks.hpp"
#include "conformance/run.hpp"

namespace oddity::conformance {
namespace {

namespace fs = std::filesystem;

/// What the check `file` finds of `path`.
Result checked(const fs::path& path) { return run_here(Candidate(path, 1), all_checks().front()); }

TEST(CheckFile, WantsAWholeSharedLibrary) {
  const fs::path folder = fs::temp_directory_path() / ("oddity-file-" + std::to_string(::getpid()));
  fs::create_directory(folder);
  const fs::path file = folder / "half.so";
  fs::copy_file(fs::path(ODDITY_PLUGINS) / "zscore.so", file);
  EXPECT_EQ(checked(file).outcome, Outcome::passed);
  fs::resize_file(file, fs::file_size(file) / 2);
  EXPECT_NE(checked(file).detail.find("whole file"), std::string::npos) << checked(file).detail;
  std::ofstream(file) << "no library";
  EXPECT_NE(checked(file).detail.find("no ELF header"), std::string::npos) << checked(file).detail;
  EXPECT_EQ(checked(folder).outcome, Outcome::failed);
  EXPECT_EQ(checked(folder / "none.so").outcome, Outcome::failed);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace oddity::conformance
