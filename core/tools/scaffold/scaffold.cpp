#include "scaffold/scaffold.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/error.hpp"
#include "plugin/handshake.hpp"

namespace oddity::scaffold {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view template_name = "my_detector";
constexpr std::string_view template_class = "MyDetector";

std::string where(std::string_view detector) { return "detector '" + std::string(detector) + "'"; }

std::string replaced(std::string text, std::string_view old, std::string_view with) {
  for (std::size_t at = text.find(old); at != std::string::npos; at = text.find(old, at + with.size()))
    text.replace(at, old.size(), with);
  return text;
}

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in)
    throw Error({"template '" + file.string() + "'", "a file that can be read", "a read that failed", ""});
  return text.str();
}

void write(const fs::path& file, const std::string& text) {
  std::error_code wrong;
  fs::create_directories(file.parent_path(), wrong);
  std::ofstream out(file, std::ios::binary);
  out << text;
  if (!out.flush())
    throw Error({"file '" + file.string() + "'", "a file that can be written", "a write that failed", ""});
}

}  // namespace

std::string class_name(std::string_view detector) {
  std::string name;
  bool begins = true;
  for (const char c : detector) {
    if (c == '_') {
      begins = true;
      continue;
    }
    name += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    begins = false;
  }
  return name;
}

void require_free_name(std::string_view detector, const std::vector<std::string>& taken) {
  // Targets that CMake or its generators make themselves.
  static constexpr std::string_view reserved[] = {"all",
                                                  "clean",
                                                  "depend",
                                                  "edit_cache",
                                                  "help",
                                                  "install",
                                                  "list_install_components",
                                                  "package",
                                                  "package_source",
                                                  "preinstall",
                                                  "rebuild_cache",
                                                  "test",
                                                  "oddity",
                                                  "install_local"};
  if (!plugin::is_algorithm_name(detector)) {
    throw Error(
        {where(detector), "a name of a-z, 0-9 and _, beginning with a letter, of at most 64 characters",
         "'" + std::string(detector) + "'", "it becomes the value of .algorithm() and the file's name"});
  }
  if (std::find(std::begin(reserved), std::end(reserved), detector) != std::end(reserved)) {
    throw Error({where(detector), "a name that no build system keeps for itself",
                 "'" + std::string(detector) + "'", "try '" + std::string(detector) + "_detector'"});
  }
  if (std::find(taken.begin(), taken.end(), detector) != taken.end()) {
    throw Error({where(detector), "a name that no detector has yet",
                 "'" + std::string(detector) + "', which is there",
                 "oddity plugin list shows those that are"});
  }
}

std::vector<fs::path> copy_template(const fs::path& from, std::string_view detector, const fs::path& folder) {
  std::error_code none;
  if (!fs::is_directory(from, none)) {
    throw Error({"template '" + from.string() + "'", "the template that came with the program",
                 "no such folder", "is the program where it was installed?"});
  }
  if (fs::exists(folder, none) && !fs::is_empty(folder, none)) {
    throw Error({"folder '" + folder.string() + "'", "a new or empty folder", "one with something in it",
                 "--folder names another"});
  }
  const auto renamed = [&](std::string text) {
    return replaced(replaced(std::move(text), template_name, detector), template_class, class_name(detector));
  };
  std::vector<fs::path> written;
  // The template may itself be a symbolic link, as in a build tree.
  const fs::path root = fs::canonical(from);
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file()) continue;
    const fs::path relative = renamed(entry.path().lexically_relative(root).string());
    write(folder / relative, renamed(read(entry.path())));
    written.push_back(relative);
  }
  std::sort(written.begin(), written.end());
  return written;
}

}  // namespace oddity::scaffold
