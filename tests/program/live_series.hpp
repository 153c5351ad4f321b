// `oddity live` on a series of a wave, judged by zscore over fifty values.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "files.hpp"
#include "live_process.hpp"

namespace oddity::test {

class Live : public Files {
 protected:
  /// Values that go up and down, a point of x a second; `odd`: where one is far off.
  static std::string series(int from, int to, const std::string& name = "m", int odd = -1) {
    std::string text;
    for (int i = from; i < to; ++i) {
      const double value = 50 + 5 * std::sin(i) + (i == odd ? 500 : 0);
      text += name + " x=" + std::to_string(value) + " " + std::to_string(i) + "\n";
    }
    return text;
  }
  /// What comes out of `text`, with zscore over fifty values unless others are chosen.
  Finished judge(const std::string& text, const std::string& flags) const {
    return run("live --precision s " + flags + " <'" + write("in.lp", text) + "'");
  }
  static std::string last_line(const std::string& text) {
    if (text.empty()) return {};
    const std::size_t before = text.rfind('\n', text.size() - 2);
    return text.substr(before == std::string::npos ? 0 : before + 1);
  }
  static std::ptrdiff_t count(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }
  static std::vector<std::string> words(std::vector<std::string> more) {
    std::vector<std::string> all{"--precision", "s",  "--algorithm", "zscore",
                                 "--size",      "50", "--alpha",     "0.001"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  /// The last batch that is marked as answered.
  static std::uint64_t marked(const std::string& state) {
    std::uint64_t number = 0;
    std::ifstream(state + "/marks", std::ios::binary).read(reinterpret_cast<char*>(&number), sizeof number);
    return number;
  }
  std::filesystem::path here() const { return std::filesystem::path(path("x")).parent_path(); }
};

inline constexpr const char* zscore = "--algorithm zscore --size 50 --alpha 0.001 ";

}  // namespace oddity::test
