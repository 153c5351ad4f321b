// `oddity plugin ...`: what concerns detectors as files.
#include "program/verbs.hpp"

namespace oddity::program {

void add_plugin_verb(CLI::App& app, int& exit_code) {
  CLI::App* verb = app.add_subcommand("plugin", "Detectors as files: check");
  verb->require_subcommand(1);
  add_plugin_check(*verb, exit_code);
}

}  // namespace oddity::program
