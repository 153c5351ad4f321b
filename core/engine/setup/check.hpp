// What can be said of a deployment before anybody uses it.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "options/config.hpp"
#include "options/resolve.hpp"
#include "plugin/library.hpp"
#include "setup/own.hpp"

namespace oddity::setup {

/// A YAML file in which nothing is wrong.
struct Checked {
  config::Config config;
  options::Deployment options;                                    ///< of its `defaults` and `algorithms`
  std::vector<std::shared_ptr<const plugin::Library>> detectors;  ///< of options.plan.choices, in their order
  std::vector<std::filesystem::path> folders;  ///< where detectors are looked for, in order
};

/// Reads the file, loads every detector that it names, holds all values against what is declared, and makes
/// an instance of each detector whose options are complete, since its constructor may refuse what is right
/// one by one. Throws one oddity::Error with *all* mistakes, each with file and line. `plugin_folders`:
/// searched before the file's.
Checked check(const std::filesystem::path& file, const std::vector<std::filesystem::path>& plugin_folders,
              const Own& own);

}  // namespace oddity::setup
