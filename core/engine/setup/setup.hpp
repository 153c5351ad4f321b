// From settings to a running engine: the step that every front takes before its first window.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "base/running_call.hpp"
#include "detect/pipeline.hpp"
#include "options/config.hpp"
#include "options/resolve.hpp"
#include "options/setting.hpp"
#include "plugin/catalogue.hpp"
#include "setup/own.hpp"

namespace oddity::setup {

/// A pipeline that is ready, and what it runs with, for the log.
struct Ready {
  std::unique_ptr<detect::Pipeline> engine;
  options::ResolvedOptions options;
};

/// Who makes the windows. Some options mean something only where single points come in.
enum class Windows : std::uint8_t { come_finished, are_made_of_points };

/// Reads the YAML file (if any), merges `given` and `params` over it, loads the chosen plugins, checks
/// everything. Throws one oddity::Error with all diagnostics: the file's and the options' together.
class Setup {
 public:
  /// `plugin_folders`: searched before those of the configuration and `own`.
  Setup(std::optional<std::filesystem::path> config_file, std::vector<std::filesystem::path> plugin_folders,
        Own own);

  /// `call`: as for the engine. Options that mean nothing to `windows` are mistakes.
  Ready prepare(options::Settings brought, Log& log, RunningCall* call = nullptr,
                Windows windows = Windows::come_finished);
  /// Valid after prepare().
  const config::Config& config() const noexcept { return config_; }

 private:
  std::optional<std::filesystem::path> config_file_;
  std::vector<std::filesystem::path> plugin_folders_;
  Own own_;
  config::Config config_;
};

}  // namespace oddity::setup
