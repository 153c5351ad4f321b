// The verbs below `oddity plugin`, and what they share.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "describe/page.hpp"
#include "plugin/catalogue.hpp"
#include "plugin/gates.hpp"

namespace oddity::program {

/// Each adds a subcommand of `oddity plugin` whose callback sets `exit_code`.
void add_plugin_list(CLI::App& plugin, int& exit_code);
void add_plugin_describe(CLI::App& plugin, int& exit_code);
void add_plugin_install(CLI::App& plugin, int& exit_code);
void add_plugin_new(CLI::App& plugin, int& exit_code);
/// Its callback becomes another program, and does not return.
void add_plugin_check(CLI::App& plugin);

/// Where plugins are looked for, how much history they are measured with, and the form of what is printed.
struct PluginOptions {
  std::vector<std::string> folders;
  std::string config;
  std::uint64_t size = 3600;
  bool json = false;
  bool markdown = false;

  void add_to(CLI::App& verb);
  /// In the order of the agent. Throws oddity::Error for a configuration that is wrong.
  plugin::Catalogue catalogue() const;
};

/// Passes the file through the gates and measures it. `refused` says why it did not pass.
describe::Entry examine(const std::filesystem::path& file, plugin::Place place, std::uint64_t size);

}  // namespace oddity::program
