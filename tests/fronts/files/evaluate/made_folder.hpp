// A folder of labelled series that a test writes.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iomanip>
#include <sstream>
#include <string>
#include <vector>

#include "evaluate/data_set.hpp"

namespace oddity::test {

/// A folder that is gone with the object.
class MadeFolder {
 public:
  MadeFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "oddity-evaluate-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  MadeFolder(const MadeFolder&) = delete;
  MadeFolder& operator=(const MadeFolder&) = delete;
  ~MadeFolder() { std::filesystem::remove_all(folder_); }

  std::string path(const std::string& name = "") const {
    return name.empty() ? folder_.string() : (folder_ / name).string();
  }
  std::string write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
    return path(name);
  }

 private:
  std::filesystem::path folder_;
};

/// A value a minute.
inline std::string rows_of(const std::vector<double>& values, bool clock = false) {
  std::ostringstream text;
  text << "timestamp,value\n";
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (clock) {
      text << "2024-03-01 " << std::setfill('0') << std::setw(2) << row / 60 << ":" << std::setw(2)
           << row % 60 << ":00";
    } else {
      text << 60 * row;
    }
    text << "," << values[row] << "\n";
  }
  return text.str();
}

/// What was told of labels, one by one.
struct ToldLabels {
  std::vector<std::string> all;
  replay::NamedFew few{[this](const std::string& text) { all.push_back(text); }, "labels"};
};

}  // namespace oddity::test
