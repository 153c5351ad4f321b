#include "own_place.hpp"

namespace oddity::program {
namespace {

namespace fs = std::filesystem;

constexpr const char* self = "/proc/self/exe";

/// The folder that has bin/, lib/ and share/.
fs::path prefix() { return fs::read_symlink(self).parent_path().parent_path(); }

}  // namespace

fs::path own_plugin_folder() { return prefix() / "lib" / "oddity" / "plugins"; }
fs::path own_checker() { return prefix() / "lib" / "oddity" / "oddity-plugin-check"; }
fs::path own_template() { return prefix() / "share" / "oddity" / "detector_template"; }
plugin::Probe own_probe() { return plugin::Probe(self); }
setup::Own own_parts() { return {self, {own_plugin_folder()}}; }

}  // namespace oddity::program
