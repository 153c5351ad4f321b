// `oddity plugin check`: hands its arguments on to the program that checks.
#include "become.hpp"
#include "own_place.hpp"
#include "plugin_verbs.hpp"

namespace oddity::program {

void add_plugin_check(CLI::App& plugin) {
  CLI::App* const verb = plugin.add_subcommand("check", "Find out whether a detector keeps the laws");
  verb->set_help_flag();  // --help is the checker's, as everything that follows
  verb->prefix_command();
  verb->callback([verb] { become("oddity plugin check", own_checker(), verb->remaining()); });
}

}  // namespace oddity::program
