// What lies beside this program, in a build tree or installed: bin/oddity, lib/oddity, share/oddity.
#pragma once

#include <filesystem>

#include "plugin/probe.hpp"
#include "setup/setup.hpp"

namespace oddity::program {

/// The detectors that came with the program: lib/oddity/plugins.
std::filesystem::path own_plugin_folder();
/// The program behind `oddity plugin check`: lib/oddity/oddity-plugin-check.
std::filesystem::path own_checker();
/// The program behind `oddity live`: lib/oddity/oddity-live.
std::filesystem::path own_live();
/// The project that `oddity plugin new` copies: share/oddity/detector_template.
std::filesystem::path own_template();
/// The probe's child process is bin/oddity: this program itself by a name that stays valid when the file is replaced, or,
/// for those in lib/oddity, the one that they came with.
plugin::Probe own_probe();
/// Both, for an engine.
setup::Own own_parts();

}  // namespace oddity::program
