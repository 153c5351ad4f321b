// What an engine gets from the program that it lives in.
#pragma once

#include <filesystem>
#include <vector>

namespace oddity::setup {

/// As in Host: the program that tries detectors, and the folders of those that came with it.
struct Own {
  std::filesystem::path sandbox;
  std::vector<std::filesystem::path> plugin_folders;
};

}  // namespace oddity::setup
