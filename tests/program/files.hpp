// Files as the tests of `oddity replay` have them.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "run.hpp"

namespace oddity::test {

class Files : public testing::Test {
 protected:
  Files() : folder_(std::filesystem::temp_directory_path() / ("oddity-files-" + std::to_string(::getpid()))) {
    std::filesystem::create_directory(folder_);
  }
  ~Files() override { std::filesystem::remove_all(folder_); }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name)) << text;
    return path(name);
  }
  /// The demo's day as line protocol.
  std::string demo_file() const {
    EXPECT_EQ(run("demo --write " + path("demo.lp") + " --precision s").exit_code, 0);
    return path("demo.lp");
  }
  static std::string text_of(const std::string& file) {
    std::stringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
  }
  static std::vector<nlohmann::json> lines(const std::string& text) {
    std::vector<nlohmann::json> all;
    std::stringstream stream(text);
    for (std::string line; std::getline(stream, line);) all.push_back(nlohmann::json::parse(line));
    return all;
  }

 private:
  std::filesystem::path folder_;
};

/// Options for the demo's day.
inline constexpr const char* usual = " --precision s --field hotend --size 3600 --alpha 0.001";
/// Options for a value a second, judged one by one.
inline constexpr const char* each_second = " --precision s --period 1s --field x --size 10 --alpha 0.001";

/// "m,host=a x=1 7": values of a host, from a time on.
inline std::string series(const std::string& host, double first, int begin, int end) {
  std::string lp;
  for (int i = begin; i < end; ++i)
    lp += "m,host=" + host + " x=" + std::to_string(first + i % 3) + " " + std::to_string(i) + "\n";
  return lp;
}

}  // namespace oddity::test
