// The table of docs/bad-plugins.md, which is both documentation and the list that the tests go by.
#pragma once

#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

namespace oddity::test {

struct BadPlugin {
  std::string name;
  std::string fault;
  std::string check;
  std::string outcome;
};

inline std::vector<BadPlugin> bad_plugins() {
  static const std::regex row(
      R"(\| \[([^\]]+)\]\(\.\./tests/bad_plugins/[^)]+\) \| (.+) \| \[([^\]]+)\]\(plugin-check\.md#[^)]+\) \| (\w+) \|)");
  std::vector<BadPlugin> found;
  std::ifstream page(std::filesystem::path(ODDITY_SOURCE) / "docs" / "bad-plugins.md");
  for (std::string line; std::getline(page, line);) {
    std::smatch part;
    if (std::regex_match(line, part, row)) found.push_back({part[1], part[2], part[3], part[4]});
  }
  return found;
}

}  // namespace oddity::test
