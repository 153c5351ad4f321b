// A new detector's project: names, and what the copy holds. That it builds and
// passes is shown by tests/package.
#include "scaffold/scaffold.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/error.hpp"

namespace oddity::scaffold {
namespace {

namespace fs = std::filesystem;

class Scaffold : public testing::Test {
 protected:
  Scaffold() {
    std::string name = (fs::temp_directory_path() / "oddity-scaffold-XXXXXX").string();
    folder = ::mkdtemp(name.data());
  }
  ~Scaffold() override { fs::remove_all(folder); }
  static std::string read(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
  }
  fs::path folder;
};

TEST(ClassName, IsTheDetectorsInCapitals) {
  EXPECT_EQ(class_name("level"), "Level");
  EXPECT_EQ(class_name("a_1_b2"), "A1B2");
  EXPECT_EQ(class_name("my_own_detector"), "MyOwnDetector");
  EXPECT_EQ(class_name("x__y_"), "XY");
}

TEST(FreeName, IsAWordThatNobodyHas) {
  for (const char* name : {"level", "a_1_b2", "int", "window", "x"})
    EXPECT_NO_THROW(require_free_name(name, {"ttest"}));
  for (const char* name : {"", "Level", "9x", "a-b", "../x", "a b", "test", "all", "ttest"})
    EXPECT_THROW(require_free_name(name, {"ttest"}), Error) << name;
}

TEST_F(Scaffold, TheNameStandsWhereTheTemplatesStood) {
  const auto written = copy_template(ODDITY_TEMPLATE, "a_1_b2", folder);
  EXPECT_EQ(written, (std::vector<fs::path>{"CMakeLists.txt", "README.md", "a_1_b2.cpp", "test/expected.txt",
                                            "test/readings.csv", "test/replay.cmake"}));
  for (const fs::path& file : written) {
    const std::string text = read(folder / file);
    EXPECT_EQ(text.find("my_detector"), std::string::npos) << file;
    EXPECT_EQ(text.find("MyDetector"), std::string::npos) << file;
  }
  EXPECT_NE(read(folder / "a_1_b2.cpp").find("class A1B2 {"), std::string::npos);
  EXPECT_NE(read(folder / "CMakeLists.txt").find("oddity_add_detector(a_1_b2 SOURCES a_1_b2.cpp)"),
            std::string::npos);
}

TEST_F(Scaffold, ANameThatHoldsTheTemplatesIsNoTrap) {
  copy_template(ODDITY_TEMPLATE, "my_detector_2", folder);
  EXPECT_NE(read(folder / "my_detector_2.cpp").find("class MyDetector2 {"), std::string::npos);
  EXPECT_EQ(read(folder / "my_detector_2.cpp").find("my_detector_2_2"), std::string::npos);
}

TEST_F(Scaffold, NothingIsWrittenOver) {
  std::ofstream(folder / "mine") << "text";
  EXPECT_THROW(copy_template(ODDITY_TEMPLATE, "level", folder), Error);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), {}), 1);
}

TEST_F(Scaffold, AMissingTemplateIsNamed) {
  try {
    copy_template(folder / "none", "level", folder / "to");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("none': expected the template that came with the program"),
              std::string::npos);
  }
}

}  // namespace
}  // namespace oddity::scaffold
