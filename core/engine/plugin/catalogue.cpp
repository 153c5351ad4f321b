#include "plugin/catalogue.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "base/error.hpp"
#include "plugin/gates.hpp"
#include "plugin/handshake.hpp"

namespace oddity::plugin {

namespace fs = std::filesystem;

namespace {

std::string shown(const std::vector<fs::path>& folders) {
  std::string text;
  for (const fs::path& folder : folders) text += (text.empty() ? "" : " and ") + folder.string();
  return text;
}

}  // namespace

Catalogue::Catalogue(std::vector<fs::path> folders, Probe probe)
    : folders_(std::move(folders)), probe_(std::move(probe)) {}

std::shared_ptr<const Library> Catalogue::load(std::string_view name) {
  if (const auto found = loaded_.find(name); found != loaded_.end()) return found->second;
  const std::string where = fmt::format("option 'algorithm': '{}'", name);
  if (!is_algorithm_name(name)) {
    throw Error({where, "the name of a detector (a-z, 0-9, _), which chooses among the plugin folders",
                 "something else", "it is never a path"});
  }
  for (const fs::path& folder : folders_) {
    const fs::path file = folder / fmt::format("{}.so", name);
    std::error_code none;
    if (!fs::exists(file, none)) continue;
    if (const std::string wrong = refusal(file, probe_); !wrong.empty()) throw Error({where, "", wrong, ""});
    return loaded_.emplace(name, Library::load(file)).first->second;
  }
  const auto there = names();
  throw Error({where, fmt::format("one of the detectors in {}: {}", shown(folders_), fmt::join(there, ", ")),
               "an unknown name", did_you_mean(name, there)});
}

std::vector<std::string> Catalogue::names() const {
  std::set<std::string> found;
  for (const fs::path& file : files()) {
    if (is_algorithm_name(file.stem().string())) found.insert(file.stem().string());
  }
  return {found.begin(), found.end()};
}

std::vector<fs::path> Catalogue::files() const {
  std::vector<fs::path> found;
  for (const fs::path& folder : folders_) {
    std::set<fs::path> here;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder, none)) {
      if (entry.path().extension() == ".so") here.insert(entry.path());
    }
    found.insert(found.end(), here.begin(), here.end());
  }
  return found;
}

std::vector<fs::path> search_order(std::vector<fs::path> given, const std::vector<fs::path>& configured,
                                   const std::vector<fs::path>& own) {
  given.insert(given.end(), configured.begin(), configured.end());
  given.insert(given.end(), own.begin(), own.end());
  return given;
}

}  // namespace oddity::plugin
