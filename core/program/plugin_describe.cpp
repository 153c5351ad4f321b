// `oddity plugin describe NAME|FILE...`: what a detector says of itself.
#include <fmt/format.h>

#include <memory>

#include "base/error.hpp"
#include "plugin/gates.hpp"
#include "plugin_verbs.hpp"

namespace oddity::program {
namespace {

/// A person names a file by its path; a name chooses among the plugin folders.
bool is_path(const std::string& name) { return name.find('/') != std::string::npos || name.ends_with(".so"); }

describe::Page page_of(const std::string& name, const PluginOptions& given) {
  std::filesystem::path file = name;
  if (!is_path(name)) file = given.catalogue().load(name)->path();
  describe::Entry entry = examine(std::filesystem::absolute(file),
                                  is_path(name) ? plugin::Place::trusted : plugin::Place::asked, given.size);
  if (!entry.refused.empty()) throw Error({entry.refused, "", "", ""});
  return std::move(entry.page);
}

int run_describe(const std::vector<std::string>& names, const PluginOptions& given) {
  std::vector<describe::Page> pages;
  for (const std::string& name : names) pages.push_back(page_of(name, given));
  if (given.json) {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const describe::Page& page : pages) all.push_back(describe::json(page));
    fmt::print("{}\n", (pages.size() == 1 ? all[0] : all).dump(2));
    return 0;
  }
  for (std::size_t i = 0; i < pages.size(); ++i)
    fmt::print("{}{}", i == 0 ? "" : "\n",
               given.markdown ? describe::markdown(pages[i]) : describe::text(pages[i]));
  return 0;
}

}  // namespace

void add_plugin_describe(CLI::App& plugin, int& exit_code) {
  const auto given = std::make_shared<PluginOptions>();
  const auto names = std::make_shared<std::vector<std::string>>();
  CLI::App* const verb = plugin.add_subcommand("describe", "Options, outputs and abilities of a detector");
  verb->add_option("detector", *names, "NAME of an installed detector, or FILE.so; one or more")->required();
  given->add_to(*verb);
  verb->callback([given, names, &exit_code] { exit_code = run_describe(*names, *given); });
}

}  // namespace oddity::program
