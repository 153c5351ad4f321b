// The program: reads the command line and runs a verb; each mistake of the user's is one sentence.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "exit_code.hpp"
#include "from_kapacitor.hpp"
#include "oddity/version.h"
#include "verbs.hpp"

namespace oddity::program {
namespace {

/// Whoever starts us may have closed some of them (cron, <&-): the next file that is opened would then stand in for
/// stdin or stderr. What is printed to a stdout that was closed is an error, as it is lost.
void hold_standard_descriptors() {
  while (true) {
    int next = ::open("/dev/null", O_RDWR);
    if (next == STDOUT_FILENO) {
      ::close(next);
      next = ::open("/dev/null", O_RDONLY);
    }
    if (next > STDERR_FILENO) ::close(next);
    if (next < 0 || next > STDERR_FILENO) return;
  }
}

/// Errors are reported where they are read: to Kapacitor, if it started this process with wrong arguments.
std::optional<int> refuse_to_kapacitor(const CLI::App& app, const std::vector<std::string>& arguments,
                                       const std::exception& wrong) {
  if (!between_pipes()) return std::nullopt;
  if (const auto* parse = dynamic_cast<const CLI::ParseError*>(&wrong)) {
    if (parse->get_exit_code() == 0 || !meant_for_the_agent(app, arguments)) return std::nullopt;
    return refuse(with_a_hint(app, arguments, wrong.what()));
  }
  const bool of_the_agent = dynamic_cast<const Error*>(&wrong) != nullptr && arguments.at(0) == "agent";
  return of_the_agent ? std::optional(refuse(wrong.what())) : std::nullopt;
}

}  // namespace
}  // namespace oddity::program

int main(int argument_count, char** argument_values) {
  using namespace oddity::program;
  hold_standard_descriptors();
  ::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is an error that is told
  CLI::App app(
      "Oddity finds what is odd in time series: as Kapacitor's user-defined function, and over files.",
      "oddity");
  app.set_version_flag("--version", ODDITY_VERSION);
  app.require_subcommand(1);
  int exit_code = 0;
  add_agent_verb(app, exit_code);
  add_replay_verb(app, exit_code);
  add_evaluate_verb(app, exit_code);
  add_live_verb(app);
  add_demo_verb(app, exit_code);
  add_plugin_verb(app, exit_code);
  add_config_verb(app, exit_code);
  add_snapshot_verb(app, exit_code);
  add_probe_verb(app, exit_code);
  const auto arguments = with_the_verb_meant({argument_values + 1, argument_values + argument_count});
  return exit_code_of(
      app, arguments, [&] { return exit_code; },
      [&](const std::exception& wrong) { return refuse_to_kapacitor(app, arguments, wrong); });
}
