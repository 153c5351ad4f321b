#include "own_place.hpp"

namespace oddity::program {
namespace {

namespace fs = std::filesystem;

constexpr const char* self = "/proc/self/exe";

/// Whether this is one of the programs in lib/oddity.
bool is_beside() { return fs::read_symlink(self).parent_path().filename() != "bin"; }

/// The folder that has bin/, lib/ and share/.
fs::path prefix() {
  const fs::path folder = fs::read_symlink(self).parent_path().parent_path();
  return is_beside() ? folder.parent_path() : folder;
}

fs::path main_program() { return is_beside() ? prefix() / "bin" / "oddity" : fs::path(self); }

}  // namespace

fs::path own_plugin_folder() { return prefix() / "lib" / "oddity" / "plugins"; }
fs::path own_checker() { return prefix() / "lib" / "oddity" / "oddity-plugin-check"; }
fs::path own_live() { return prefix() / "lib" / "oddity" / "oddity-live"; }
fs::path own_template() { return prefix() / "share" / "oddity" / "detector_template"; }
plugin::Probe own_probe() { return plugin::Probe(main_program()); }
setup::Own own_parts() { return {main_program(), {own_plugin_folder()}}; }

}  // namespace oddity::program
