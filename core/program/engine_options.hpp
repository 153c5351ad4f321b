// The options of the engine on a command line: the same words as in TICKscript.
#pragma once

#include <CLI/CLI.hpp>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "options/core_options.hpp"
#include "options/setting.hpp"
#include "setup/setup.hpp"

namespace oddity::program {

/// 1. EngineOptions given;
/// 2. given.add_to(verb);
/// 3. after parsing: given.settings(), given.setup().
/// Values stay text; options::resolve checks them, with the flag as their origin.
class EngineOptions {
 public:
  /// A flag for each of the core's options, --param, --config and --plugins; not for those of `except`, which
  /// the verb decides itself. `usual`: what the help calls defaults, where a verb has others than the engine.
  void add_to(CLI::App& verb, const std::vector<std::string_view>& except = {},
              const options::CoreOptions& usual = {});

  /// The texts given for an option of the core; throws std::logic_error for another name.
  std::vector<std::string>& of(std::string_view option);

  bool has_params() const noexcept { return !params_.empty(); }

  /// Throws oddity::Error for a --param without '='.
  options::Settings settings() const;
  setup::Setup setup() const;
  /// The deployment that was given; empty: none.
  const std::string& config() const noexcept { return config_; }

 private:
  std::array<std::vector<std::string>, std::size(options::core_options)> given_;  ///< in the table's order
  std::vector<std::string> params_;                                               ///< name=value
  std::string config_;
  std::vector<std::string> plugin_folders_;
};

/// Reads a duration option; throws oddity::Error naming the flag.
std::int64_t duration_option(const std::string& flag, const std::string& text);

}  // namespace oddity::program
