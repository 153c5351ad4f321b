// What a released version saved is restored for ever, byte for byte, and that
// version goes on judging as it did.
#include "compat/golden.hpp"

#include <gtest/gtest.h>

#include <set>

#include "own_detectors.hpp"

namespace oddity::compat {
namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(ODDITY_TEST_DATA) / ".." / "golden" / "snapshots";

fs::path file_of(const std::string& plugin) {
  const fs::path own = fs::path(ODDITY_PLUGINS) / (plugin + ".so");
  return fs::exists(own) ? own : fs::path(ODDITY_EXAMPLE_PLUGINS) / (plugin + ".so");
}

std::vector<fs::path> golden_files() {
  std::set<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".txt") files.insert(entry.path());
  return {files.begin(), files.end()};
}

/// Numbers may differ in the last digits from one mathematical library to another; which are absent may not.
void expect_alike(const std::string& golden, const std::string& now) {
  std::istringstream theirs(golden), ours(now);
  std::string their, our;
  while (theirs >> their) {
    ASSERT_TRUE(ours >> our) << golden << "\n" << now;
    if (their == "-" || our == "-") {
      EXPECT_EQ(their, our) << golden << "\n" << now;
      continue;
    }
    const double a = std::strtod(their.c_str(), nullptr);
    EXPECT_NEAR(std::strtod(our.c_str(), nullptr), a, 1e-9 * std::abs(a)) << golden << "\n" << now;
  }
}

class GoldenState : public testing::TestWithParam<fs::path> {};

TEST_P(GoldenState, IsRestoredByteForByteAndJudgesAsItsVersionDid) {
  const Golden golden = read_golden(GetParam());
  const auto library = plugin::Library::load(file_of(golden.plugin));
  ASSERT_GE(golden.state_version, library->description().oldest_state_version)
      << "a version whose states are no longer read has to stay readable";
  Instance instance(library, golden.size);
  ASSERT_EQ(instance.restore(golden.state, golden.state_version), "");
  if (golden.state_version == library->description().state_version) {
    EXPECT_EQ(instance.snapshot(), golden.state);
  }
  // Another version may judge better, by a state that it understands.
  if (golden.version != library->description().version) return;
  const std::vector<std::string> lines = judged_after(instance, golden.windows);
  for (std::size_t i = 0; i < lines.size(); ++i) expect_alike(golden.lines[i], lines[i]);
}

INSTANTIATE_TEST_SUITE_P(Each, GoldenState, testing::ValuesIn(golden_files()), [](const auto& tested) {
  std::string name = tested.param.lexically_relative(folder).replace_extension().string();
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return name;
});

TEST(GoldenStates, AreThereForTheCurrentVersionOfEachDetector) {
  std::vector<std::string> names(std::begin(own_detectors), std::end(own_detectors));
  names.emplace_back("ranksum");
  for (const std::string& name : names) {
    const auto library = plugin::Library::load(file_of(name));
    for (const Case& each : cases) {
      const fs::path file =
          folder / name / library->description().version / (std::string(each.name) + ".txt");
      EXPECT_TRUE(fs::exists(file)) << file
                                    << ": make it by build/release/tests/make_golden tests/golden/snapshots "
                                    << file_of(name);
    }
  }
}

}  // namespace
}  // namespace oddity::compat
