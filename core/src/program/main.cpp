// The program: reads the command line, runs a verb, says in one sentence what a person got wrong.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "base/error.hpp"
#include "program/verbs.hpp"

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
  oddity::program::add_config_verb(app, exit_code);
  oddity::program::add_probe_verb(app, exit_code);
  try {
    app.parse(argument_count, arguments);
  } catch (const CLI::ParseError& wrong) {
    return app.exit(wrong) == 0 ? 0 : 2;
  } catch (const oddity::Error& wrong) {
    for (const auto& complaint : wrong.complaints())
      std::fprintf(stderr, "oddity: %s\n", complaint.sentence().c_str());
    return 2;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "oddity: %s\n", failure.what());
    return 1;
  }
  return exit_code;
}
