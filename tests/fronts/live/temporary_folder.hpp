// A folder for one test.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace oddity::test {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "oddity-test-XXXXXX").string();
    place_ = ::mkdtemp(pattern.data());
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(place_); }

  const std::filesystem::path& place() const { return place_; }
  std::filesystem::path operator/(const std::string& name) const { return place_ / name; }

 private:
  std::filesystem::path place_;
};

}  // namespace oddity::test
