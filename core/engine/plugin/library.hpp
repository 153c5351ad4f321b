// A detector's shared library, loaded and checked: the only place that calls Boost.DLL and dlopen.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "oddity/abi.h"
#include "plugin/description.hpp"

namespace oddity::plugin {

/// A loaded library. It is never unloaded: its code may be on any stack, and
/// others refer to its descriptions.
///
/// 1. Library::load(path) opens it (now, local), finds the one symbol, compares sizes and versions before
///    touching anything, and checks the description. Throws oddity::Error naming the file, what was expected,
///    what was found, and the hint.
/// 2. table() and description() are then valid until the process ends.
///
/// Both are copies in this host's layout, option and output specs included: members that a plugin of an older
/// minor version lacks are 0, and every array's stride is the size of its element.
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
  const DetectorDescription& description() const noexcept { return description_; }

 private:
  Library(std::filesystem::path path, const oddity_plugin& theirs);
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

  std::filesystem::path path_;
  DetectorDescription description_;
  oddity_description layout_{};  ///< the same as the ABI's struct; its arrays are those of the member above
  oddity_plugin table_{};        ///< its description is the member above
};

}  // namespace oddity::plugin
