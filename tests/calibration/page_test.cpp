#include "page/page.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <string>

#include "oddity/engine/error.hpp"

namespace oddity::bench {
namespace {

class Page : public testing::Test {
 protected:
  Page() : path_(std::filesystem::temp_directory_path() / ("oddity-page-" + std::to_string(::getpid()))) {}
  ~Page() override { std::filesystem::remove(path_); }

  void write(const std::string& text) const { std::ofstream(path_) << text; }
  std::string read() const {
    std::ifstream in(path_);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  std::filesystem::path path_;
};

TEST_F(Page, KeepsWhatStandsOutsideOfTheMarkers) {
  write("before\n<!-- begin rates -->\nold\n<!-- end rates -->\nafter\n");
  rewrite(path_, "rates", "| new |\n");
  const std::string expected = "before\n<!-- begin rates -->\n\n| new |\n\n<!-- end rates -->\nafter\n";
  EXPECT_EQ(read(), expected);
  rewrite(path_, "rates", "| new |\n");
  EXPECT_EQ(read(), expected);
}

TEST_F(Page, WithoutTheMarkersIsAnErrorThatNamesThem) {
  write("<!-- begin rates -->\n");
  try {
    rewrite(path_, "rates", "");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("'<!-- end rates -->'"));
    EXPECT_THAT(error.what(), testing::HasSubstr("docs/calibration.md"));
  }
}

TEST_F(Page, ThatIsNotThereIsAnErrorThatNamesIt) {
  EXPECT_THROW(rewrite(path_, "rates", ""), Error);
  EXPECT_FALSE(std::filesystem::exists(path_));
}

}  // namespace
}  // namespace oddity::bench
