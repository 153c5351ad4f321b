// `oddity plugin`: what is installed, what it offers, putting one in place, and starting a new one.
#include <memory>

#include "oddity/description.hpp"
#include "options/config.hpp"
#include "own_place.hpp"
#include "plugin/gates.hpp"
#include "plugin_verbs.hpp"
#include "verbs.hpp"

namespace oddity::program {

void PluginOptions::add_to(CLI::App& verb) {
  verb.add_option("--plugins", folders, "Folder of detectors, searched before all others; repeatable")
      ->check(CLI::ExistingDirectory)
      ->allow_extra_args(false);
  verb.add_option("--config", config, "YAML deployment, for its plugin folders");
  verb.add_option("--size", size, "History that a group's memory and state are measured with, in samples")
      ->check(CLI::Range(static_cast<std::uint64_t>(size_option.min),
                         static_cast<std::uint64_t>(size_option.max)))
      ->capture_default_str();
  CLI::Option* const as_json = verb.add_flag("--json", json, "For programs");
  verb.add_flag("--markdown", markdown, "For pages")->excludes(as_json);
}

plugin::Catalogue PluginOptions::catalogue() const {
  const config::Config read = config.empty() ? config::Config() : config::read(config);
  return {plugin::search_order({folders.begin(), folders.end()}, read.plugin_folders, {own_plugin_folder()}),
          own_probe()};
}

describe::Entry examine(const std::filesystem::path& file, plugin::Place place, std::uint64_t size) {
  describe::Entry entry;
  entry.file = file;
  entry.refused = plugin::refusal(file, own_probe(), place);
  if (!entry.refused.empty()) return entry;
  entry.page.measured = own_probe().measure(file, size);
  entry.refused = entry.page.measured.wrong;
  if (entry.refused.empty()) entry.page.library = plugin::Library::load(file);
  return entry;
}

void add_plugin_verb(CLI::App& app, int& exit_code) {
  CLI::App* const plugin = app.add_subcommand("plugin", "Detectors: what is there, and adding one");
  plugin->require_subcommand(1);
  add_plugin_list(*plugin, exit_code);
  add_plugin_describe(*plugin, exit_code);
  add_plugin_install(*plugin, exit_code);
  add_plugin_new(*plugin, exit_code);
  add_plugin_check(*plugin);
}

}  // namespace oddity::program
