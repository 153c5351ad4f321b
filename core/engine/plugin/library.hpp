// A detector's shared library, loaded and shaken hands with: the single place where Boost.DLL and dlopen
// happen.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "oddity/door.h"

namespace oddity::plugin {

/// A loaded library. It is never unloaded: code of it may be on any stack, and its descriptions are referred
/// to.
///
/// 1. Library::load(path) opens it (now, local), finds the one symbol, compares sizes and versions before
///    touching anything, and checks the description. Throws oddity::Error naming the file, what was expected,
///    what was found, and the mend.
/// 2. table() and description() are then valid until the process ends.
///
/// Both are copies as large as this door knows them: what a plugin of an older door does not have is 0 there.
///
/// Loading runs code of the library, and a damaged file can end the process by a signal: refusal() of
/// gates.hpp asks first, in a child process.
class Library {
 public:
  static std::shared_ptr<const Library> load(const std::filesystem::path& path);
  /// A detector that is linked into this program: its entry function, checked in the same way.
  static std::shared_ptr<const Library> linked(const oddity_plugin* (*entry)(const oddity_host*),
                                               const std::string& name);

  const std::filesystem::path& path() const noexcept { return path_; }
  const oddity_plugin& table() const noexcept { return table_; }
  const oddity_description& description() const noexcept { return description_; }

 private:
  Library(std::filesystem::path path, const oddity_plugin& theirs);
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

  std::filesystem::path path_;
  oddity_description description_{};
  oddity_plugin table_{};  ///< its description is the member above
};

/// The specs of a description, which stand in arrays of the plugin's stride: each as large as this door knows
/// it, 0 where the plugin's is shorter.
std::vector<oddity_option_spec> option_specs(const oddity_description& description);
std::vector<oddity_output_spec> output_specs(const oddity_description& description);

}  // namespace oddity::plugin
