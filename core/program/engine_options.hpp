// The options of the engine on a command line: the same words as in TICKscript.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "options/setting.hpp"
#include "setup/setup.hpp"

namespace oddity::program {

/// 1. EngineOptions given; 2. given.add_to(verb); 3. after parsing: given.settings(), given.setup().
/// Values stay text; options::resolve checks them, with the flag as their origin.
struct EngineOptions {
  std::vector<std::string> fields;
  std::string size;
  std::string alpha;
  std::vector<std::string> algorithms;
  std::string ttl;
  std::string max_groups;
  std::vector<std::string> params;  ///< name=value
  std::string config;
  std::vector<std::string> plugin_folders;

  void add_to(CLI::App& verb);
  /// Throws oddity::Error for a --param without '='.
  options::Settings settings() const;
  setup::Setup setup() const;
};

/// Reads a duration option; throws oddity::Error naming the flag.
std::int64_t duration_option(const std::string& flag, const std::string& text);

}  // namespace oddity::program
