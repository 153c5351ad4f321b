// What an engine has from the program that it lives in.
#pragma once

#include <filesystem>
#include <vector>

namespace oddity::setup {

/// As in Host: what tries detectors, and where those lie that came with the program.
struct Own {
  std::filesystem::path sandbox;
  std::vector<std::filesystem::path> plugin_folders;
};

}  // namespace oddity::setup
