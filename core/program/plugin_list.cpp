// `oddity plugin list`: every file in the plugin folders, those that are refused with their reason.
#include <fmt/format.h>

#include <map>
#include <memory>

#include "plugin/gates.hpp"
#include "plugin_verbs.hpp"

namespace oddity::program {
namespace {

std::vector<describe::Entry> examine_all(const PluginOptions& given) {
  std::vector<describe::Entry> entries;
  std::map<std::string, std::filesystem::path> first;
  for (const std::filesystem::path& file : given.catalogue().files()) {
    const auto [winner, is_first] = first.emplace(file.filename(), file);
    if (is_first) {
      entries.push_back(examine(file, plugin::Place::asked, given.size));
    } else if (file != winner->second) {
      entries.push_back({file, {}, winner->second, {}});
    }
  }
  return entries;
}

int run_list(const PluginOptions& given) {
  const std::vector<describe::Entry> entries = examine_all(given);
  if (given.json) {
    fmt::print("{}\n", describe::json(entries).dump(2));
  } else {
    fmt::print("{}", given.markdown ? describe::markdown(entries) : describe::text(entries));
  }
  return 0;
}

}  // namespace

void add_plugin_list(CLI::App& plugin, int& exit_code) {
  const auto given = std::make_shared<PluginOptions>();
  CLI::App* const verb = plugin.add_subcommand("list", "What is installed, and what is refused and why");
  given->add_to(*verb);
  verb->callback([given, &exit_code] { exit_code = run_list(*given); });
}

}  // namespace oddity::program
