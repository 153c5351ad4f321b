#include "plugin/library.hpp"

#define BOOST_DLL_USE_STD_FS
#include <dlfcn.h>

#include <algorithm>
#include <boost/dll/shared_library.hpp>
#include <cstring>

#include "base/error.hpp"
#include "plugin/handshake.hpp"
#include "plugin/reasons.hpp"
#include "numerics/tails.hpp"

namespace oddity::plugin {
namespace {

/// As much of `theirs` as there is and as this door knows; the rest is 0.
template <class Struct>
Struct copy_of(const void* theirs, std::size_t their_size) {
  Struct ours{};
  std::memcpy(&ours, theirs, std::min(sizeof ours, their_size));
  return ours;
}

template <class Spec>
std::vector<Spec> specs(const Spec* first, std::uint32_t count, std::uint32_t stride) {
  std::vector<Spec> copies;
  const char* at = reinterpret_cast<const char*>(first);
  for (std::uint32_t i = 0; i < count; ++i, at += stride) copies.push_back(copy_of<Spec>(at, stride));
  return copies;
}

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
      description_(copy_of<oddity_description>(theirs.description, theirs.description->struct_size)),
      table_(copy_of<oddity_plugin>(&theirs, theirs.struct_size)) {
  table_.description = &description_;
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
    throw Error(opened.has(ODDITY_NEXT_ENTRY_SYMBOL) ? reasons::newer_door(path) : reasons::no_entry(path));
  }
  keep_for_good(path);
  auto& entry = opened.get<const oddity_plugin*(const oddity_host*)>(ODDITY_ENTRY_SYMBOL);
  return std::shared_ptr<const Library>(new Library(path, enter(path, entry)));
}

std::vector<oddity_option_spec> option_specs(const oddity_description& description) {
  return specs(description.options, description.option_count, description.option_stride);
}
std::vector<oddity_output_spec> output_specs(const oddity_description& description) {
  return specs(description.outputs, description.output_count, description.output_stride);
}

}  // namespace oddity::plugin
