// The program: reads the command line, runs a verb, says in one sentence what a person got wrong.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "program/from_kapacitor.hpp"
#include "program/verbs.hpp"

namespace {

/// What CLI11 found wrong, to the person who typed it, or to Kapacitor.
int tell(const CLI::App& app, const CLI::ParseError& wrong, const std::vector<std::string>& arguments) {
  using namespace oddity::program;
  if (wrong.get_exit_code() != 0 && between_pipes() && meant_for_the_agent(app, arguments))
    return refuse(with_a_mend(app, arguments, wrong.what()));
  return app.exit(wrong) == 0 ? 0 : 2;
}

}  // namespace

int main(int argument_count, char** argument_values) {
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
  const auto arguments =
      oddity::program::with_the_verb_meant({argument_values + 1, argument_values + argument_count});
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));  // the way CLI11 wants them
  } catch (const CLI::ParseError& wrong) {
    return tell(app, wrong, arguments);
  } catch (const oddity::Error& wrong) {
    if (oddity::program::between_pipes() && arguments.at(0) == "agent")
      return oddity::program::refuse(wrong.what());
    for (const auto& complaint : wrong.complaints())
      std::fprintf(stderr, "oddity: %s\n", complaint.sentence().c_str());
    return 2;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "oddity: %s\n", failure.what());
    return 1;
  }
  return exit_code;
}
