// `oddity plugin new NAME`: a complete tiny project of a new detector.
#include <fmt/format.h>

#include <memory>

#include "own_place.hpp"
#include "plugin_verbs.hpp"
#include "scaffold/scaffold.hpp"

namespace oddity::program {
namespace {

namespace fs = std::filesystem;

struct New {
  std::string name;
  std::string folder;
};

int run_new(const New& given) {
  scaffold::require_free_name(given.name, plugin::Catalogue({own_plugin_folder()}, own_probe()).names());
  const fs::path folder = given.folder.empty() ? fs::path(given.name) : fs::path(given.folder);
  for (const fs::path& file : scaffold::copy_template(own_template(), given.name, folder))
    fmt::print("{}\n", (folder / file).string());
  const std::string quoted = folder.string();
  fmt::print(
      "\nbuild and test it:\n"
      "  cmake -S {0} -B {0}/build && cmake --build {0}/build && ctest --test-dir {0}/build\n"
      "see what it finds:\n"
      "  oddity demo --plugins {0}/build --algorithm {1} --picture {1}.svg\n",
      quoted, given.name);
  return 0;
}

}  // namespace

void add_plugin_new(CLI::App& plugin, int& exit_code) {
  const auto given = std::make_shared<New>();
  CLI::App* const verb = plugin.add_subcommand("new", "Start the project of a new detector");
  verb->add_option("name", given->name, "Its name, which becomes the value of .algorithm()")->required();
  verb->add_option("--folder", given->folder, "Where to; default: ./NAME");
  verb->callback([given, &exit_code] { exit_code = run_new(*given); });
}

}  // namespace oddity::program
