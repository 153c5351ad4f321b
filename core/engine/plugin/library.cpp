#include "plugin/library.hpp"

#define BOOST_DLL_USE_STD_FS
#include <dlfcn.h>

#include <boost/dll/shared_library.hpp>

#include "base/error.hpp"
#include "numerics/tails.hpp"
#include "plugin/growing.hpp"
#include "plugin/handshake.hpp"
#include "plugin/reasons.hpp"

namespace oddity::plugin {
namespace {

const oddity_plugin& enter(const std::filesystem::path& path,
                           const oddity_plugin* (*entry)(const oddity_host*)) {
  const oddity_plugin* const table = entry(&tails::host());
  const std::string wrong = check_handshake(table, path.stem().string());
  if (!wrong.empty()) throw Error({reasons::plugin(path), "", wrong, ""});
  return *table;
}

/// From the moment in which its code is entered, a library stays until the process ends: see the class.
void keep_for_good(const std::filesystem::path& path) {
  if (::dlopen(path.c_str(), RTLD_NOW | RTLD_NOLOAD | RTLD_NODELETE) == nullptr)
    throw Error(reasons::not_loaded(path, ::dlerror()));
}

}  // namespace

Library::Library(std::filesystem::path path, const oddity_plugin& theirs)
    : path_(std::move(path)),
      description_(*theirs.description),
      layout_(copy_of<oddity_description>(theirs.description, theirs.description->struct_size)),
      table_(copy_of<oddity_plugin>(&theirs, theirs.struct_size)) {
  layout_.options = description_.options.data();
  layout_.option_stride = sizeof(oddity_option_spec);
  layout_.outputs = description_.outputs.data();
  layout_.output_stride = sizeof(oddity_output_spec);
  table_.description = &layout_;
}

std::shared_ptr<const Library> Library::linked(const oddity_plugin* (*entry)(const oddity_host*),
                                               const std::string& name) {
  return std::shared_ptr<const Library>(new Library(name, enter(name, entry)));
}

std::shared_ptr<const Library> Library::load(const std::filesystem::path& path) {
  std::error_code none;
  if (!std::filesystem::is_regular_file(path, none)) throw Error(reasons::no_file(path));
  boost::dll::shared_library opened;
  try {
    opened.load(path, boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local);
  } catch (const std::exception& refused) {
    throw Error(reasons::not_loaded(path, refused.what()));
  }
  if (!opened.has(ODDITY_ENTRY_SYMBOL)) {
    throw Error(opened.has(ODDITY_NEXT_ENTRY_SYMBOL) ? reasons::newer_abi(path) : reasons::no_entry(path));
  }
  keep_for_good(path);
  auto& entry = opened.get<const oddity_plugin*(const oddity_host*)>(ODDITY_ENTRY_SYMBOL);
  return std::shared_ptr<const Library>(new Library(path, enter(path, entry)));
}

}  // namespace oddity::plugin
