// A YAML deployment, read and checked. config/oddity.yaml documents every key.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "options/setting.hpp"

namespace oddity::config {

/// What to do with a saved state that cannot be used.
enum class OnMismatch { fresh, refuse };

struct Config {
  std::vector<std::filesystem::path>
      plugin_folders;          ///< searched in order, before the program's own; absolute
  options::Settings settings;  ///< `defaults` and `algorithms` filled; `given` and `params` empty
  OnMismatch on_mismatch = OnMismatch::fresh;
};

/// Reads a file. Relative plugin folders are taken from the file's own folder. Throws one oddity::Error with
/// *all* mistakes, each with file and line and, for an unknown key, the nearest right word. Values of options
/// stay text: options::resolve checks them, with the file and line as their origin.
Config read(const std::filesystem::path& file);

}  // namespace oddity::config
