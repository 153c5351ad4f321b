// `oddity plugin install FILE`: checks a detector and puts it in place while agents run.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "checker.hpp"
#include "install/install.hpp"
#include "own_place.hpp"
#include "plugin/gates.hpp"
#include "plugin_verbs.hpp"

namespace oddity::program {
namespace {

namespace fs = std::filesystem;

struct Install {
  std::string file;
  std::string folder;
  bool unchecked = false;
};

/// What a plugin has to pass before it is installed: the gates, and the laws. A person names it by its path,
/// so its place is not asked.
void require_good(const fs::path& file, bool unchecked) {
  if (const std::string wrong = plugin::refusal(file, own_probe(), plugin::Place::trusted); !wrong.empty())
    throw Error({wrong, "", "", "nothing was installed"});
  if (unchecked) return;
  const std::vector<std::string> broken = broken_laws(file);
  if (broken.empty()) return;
  throw Error({fmt::format("plugin '{}'", file.string()), "a detector that keeps the laws",
               fmt::format("one that fails {}", fmt::join(broken, ", ")),
               "oddity plugin check says what that means; nothing was installed"});
}

int run_install(const Install& given) {
  const fs::path file = fs::absolute(given.file);
  const fs::path own = own_plugin_folder();
  const fs::path folder = given.folder.empty() ? own : fs::absolute(given.folder);
  require_good(file, given.unchecked);
  const fs::path place = plugin::put_in_place(file, folder);
  const std::string name = place.stem().string();
  fmt::print("installed {}\n", place.string());
  // Now at its place, as the agent will meet it: a folder that others may write makes it useless.
  if (const std::string wrong = plugin::refusal(place, own_probe()); !wrong.empty())
    throw Error({wrong, "", "", "the file is there, but will be refused until this is fixed"});
  std::error_code none;
  if (fs::equivalent(folder, own, none)) {
    fmt::print(".algorithm('{}') finds it at the next enable of a task; nothing needs a restart\n", name);
  } else {
    fmt::print(
        "name the folder by --plugins {} or under plugins: folders: in the YAML file;\n"
        ".algorithm('{}') then finds it at the next enable of a task\n",
        folder.string(), name);
  }
  return 0;
}

}  // namespace

void add_plugin_install(CLI::App& plugin, int& exit_code) {
  const auto given = std::make_shared<Install>();
  CLI::App* const verb = plugin.add_subcommand(
      "install", "Check a detector and put it in place, while agents may be using the old one");
  verb->add_option("file", given->file, "FILE.so")->required();
  verb->add_option("--folder", given->folder, "Where to; default: the program's own plugin folder");
  verb->add_flag("--unchecked", given->unchecked,
                 "Only load and try it; do not check that it keeps the laws");
  verb->callback([given, &exit_code] { exit_code = run_install(*given); });
}

}  // namespace oddity::program
