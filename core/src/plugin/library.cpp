#include "plugin/library.hpp"

#define BOOST_DLL_USE_STD_FS
#include <boost/dll/shared_library.hpp>

#include "base/error.hpp"
#include "plugin/handshake.hpp"
#include "tails/tails.hpp"

namespace oddity::plugin {
namespace {

template <class Spec>
std::vector<Spec> specs(const Spec* first, std::uint32_t count, std::uint32_t stride) {
  std::vector<Spec> copies;
  const char* at = reinterpret_cast<const char*>(first);
  for (std::uint32_t i = 0; i < count; ++i, at += stride)
    copies.push_back(*reinterpret_cast<const Spec*>(at));
  return copies;
}

[[noreturn]] void fail(const std::filesystem::path& path, std::string expected, std::string found,
                       std::string mend = {}) {
  throw Error({"plugin '" + path.string() + "'", std::move(expected), std::move(found), std::move(mend)});
}

const oddity_plugin& enter(const std::filesystem::path& path,
                           const oddity_plugin* (*entry)(const oddity_host*)) {
  const oddity_plugin* const table = entry(&tails::host());
  const std::string wrong = check_handshake(table, path.stem().string());
  if (!wrong.empty()) fail(path, "", wrong);
  return *table;
}

}  // namespace

std::shared_ptr<const Library> Library::linked(const oddity_plugin* (*entry)(const oddity_host*),
                                               const std::string& name) {
  return std::shared_ptr<const Library>(new Library(name, enter(name, entry)));
}

std::shared_ptr<const Library> Library::load(const std::filesystem::path& path) {
  if (!std::filesystem::is_regular_file(path)) fail(path, "a shared library", "no such file");
  // Kept for the life of the process on purpose: see the class.
  auto* const opened = new boost::dll::shared_library;
  try {
    opened->load(path, boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local);
  } catch (const std::exception& refused) {
    delete opened;
    fail(path, "a shared library that can be loaded", refused.what());
  }
  if (!opened->has(ODDITY_ENTRY_SYMBOL)) {
    delete opened;
    fail(path, "the symbol " ODDITY_ENTRY_SYMBOL, "a library without it",
         "it is no detector, or built for another version of the door");
  }
  auto& entry = opened->get<const oddity_plugin*(const oddity_host*)>(ODDITY_ENTRY_SYMBOL);
  return std::shared_ptr<const Library>(new Library(path, enter(path, entry)));
}

std::vector<oddity_option_spec> option_specs(const oddity_description& description) {
  return specs(description.options, description.option_count, description.option_stride);
}
std::vector<oddity_output_spec> output_specs(const oddity_description& description) {
  return specs(description.outputs, description.output_count, description.output_stride);
}

}  // namespace oddity::plugin
