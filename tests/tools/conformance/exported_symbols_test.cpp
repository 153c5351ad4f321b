#include "conformance/exported_symbols.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "oddity/abi.h"
#include "own_detectors.hpp"

namespace oddity::conformance {
namespace {

namespace fs = std::filesystem;

TEST(ExportedSymbols, OfOurOwnPluginsAreOne) {
  for (const char* name : own_detectors)
    EXPECT_EQ(exported_symbols(fs::path(ODDITY_PLUGINS) / (std::string(name) + ".so")),
              std::vector<std::string>{ODDITY_ENTRY_SYMBOL});
}

TEST(ExportedSymbols, AreThoseThatTheLinkerSees) {
  const auto symbols = exported_symbols(fs::path(ODDITY_BAD_PLUGINS) / "shows_two_symbols.so");
  ASSERT_TRUE(symbols);
  EXPECT_TRUE(std::binary_search(symbols->begin(), symbols->end(), "shared_by_accident"));
  EXPECT_TRUE(std::binary_search(symbols->begin(), symbols->end(), ODDITY_ENTRY_SYMBOL));
  EXPECT_FALSE(std::binary_search(symbols->begin(), symbols->end(), "memcpy")) << "needed, not shown";
}

/// Cut anywhere, or of anything else, a file is read without harm.
TEST(ExportedSymbols, OfWhatIsNoLibraryAreNone) {
  const fs::path file = fs::temp_directory_path() / ("oddity-symbols-" + std::to_string(::getpid()) + ".so");
  const fs::path good = fs::path(ODDITY_PLUGINS) / "ttest.so";
  for (const std::uintmax_t size : {0, 3, 16, 63, 64, 65, 4096}) {
    fs::copy_file(good, file, fs::copy_options::overwrite_existing);
    fs::resize_file(file, size);
    EXPECT_FALSE(exported_symbols(file)) << size;
  }
  std::ofstream(file)
      << "no library at all, but long enough to be taken for the header of one, if nobody looked";
  EXPECT_FALSE(exported_symbols(file));
  fs::remove(file);
  EXPECT_FALSE(exported_symbols(file));
}

}  // namespace
}  // namespace oddity::conformance
