// The program: reads the command line, runs a verb, says in one sentence what a person got wrong.
#include <CLI/CLI.hpp>

#include "oddity/version.h"
#include "exit_code.hpp"
#include "verbs.hpp"

int main(int argument_count, char** arguments) {
  CLI::App app(
      "Oddity finds what is odd in time series: as Kapacitor's user-defined function, and over files.",
      "oddity");
  app.set_version_flag("--version", ODDITY_VERSION);
  app.require_subcommand(1);
  int exit_code = 0;
  oddity::program::add_agent_verb(app, exit_code);
  oddity::program::add_replay_verb(app, exit_code);
  oddity::program::add_demo_verb(app, exit_code);
  oddity::program::add_plugin_verb(app, exit_code);
  oddity::program::add_probe_verb(app, exit_code);
  return oddity::program::exit_code_of(app, argument_count, arguments, [&] { return exit_code; });
}
