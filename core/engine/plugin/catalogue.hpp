// The detectors that are installed: a name chooses a file NAME.so in the
// configured folders, and is never a path.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/library.hpp"
#include "plugin/probe.hpp"

namespace oddity::plugin {

/// 1. Catalogue(folders, probe); nothing is loaded yet, nothing even looked at.
/// 2. load(name): finds the file, passes it through the gates (gates.hpp), then loads it into this process.
///    Each name once for each catalogue.
class Catalogue {
 public:
  /// `folders`: searched in order; the first that has NAME.so wins.
  Catalogue(std::vector<std::filesystem::path> folders, Probe probe);

  /// Throws oddity::Error: no such name (with those that are there), a file that
  /// is no plugin (with the reason).
  std::shared_ptr<const Library> load(std::string_view name);

  /// The names of all files that could be plugins, sorted.
  std::vector<std::string> names() const;
  /// Every file NAME.so, whatever it is, in the order in which they are searched: by folder, then by name.
  std::vector<std::filesystem::path> files() const;
  const std::vector<std::filesystem::path>& folders() const noexcept { return folders_; }

 private:
  std::vector<std::filesystem::path> folders_;
  Probe probe_;
  std::map<std::string, std::shared_ptr<const Library>, std::less<>> loaded_;
};

/// Where plugins are looked for: the folders given at the start, then the
/// configuration's, then the host's own.
std::vector<std::filesystem::path> search_order(std::vector<std::filesystem::path> given,
                                                const std::vector<std::filesystem::path>& configured,
                                                const std::vector<std::filesystem::path>& own);

}  // namespace oddity::plugin
