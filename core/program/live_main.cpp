// oddity-live: the engine under a stream of line protocol. `oddity live` becomes this program; it is separate so that what
// speaks HTTP is not part of Kapacitor's agent. Its worker is this program again.
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/crash_report.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "base/running_call.hpp"
#include "exchange/worker_descriptors.hpp"
#include "exit_code.hpp"
#include "judge/worker.hpp"
#include "keeper/keeper.hpp"
#include "live_options.hpp"

namespace oddity::program {
namespace {

// Telegraf takes the first letter for the level of a child's line.
constexpr const char* told = "I! oddity";
constexpr const char* warned = "W! oddity";

int run_as_worker(const LiveOptions& given) {
  ::prctl(PR_SET_NAME, "oddity-worker");
  ::signal(SIGPIPE, SIG_IGN);
  report_crashes(STDERR_FILENO);
  const CrashStack stack;
  Log log(STDERR_FILENO, warned);
  RunningCall call;
  setup::Ready ready = given.engine.setup().prepare(given.engine_settings(), log, &call,
                                                    setup::Windows::are_made_of_points);
  Log notes(STDERR_FILENO, told);
  for (const std::string& note : ready.options.notes) notes.write(note);
  live::SharedInHand in_hand(live::worker_in_hand);
  const std::filesystem::path folder = given.state;
  return live::run_worker(given.judging(), ready, {folder / "state", folder / "state.next"}, in_hand, log);
}

/// The same command line, for the process that judges; of the folder it is told where it lies.
std::vector<std::string> worker_command(const std::vector<std::string>& arguments, const live::Folder& folder) {
  std::vector<std::string> command{"/proc/self/exe"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  command.insert(command.end(), {"--worker", "--state", folder.place().string()});
  return command;
}

int run_live(const LiveOptions& given, const std::vector<std::string>& arguments) {
  live::KeeperSettings settings = given.keeping();
  (void)given.judging();
  Log log(STDERR_FILENO, told);
  Log warnings(STDERR_FILENO, warned);
  const live::Folder folder = given.state.empty() ? live::Folder::temporary() : live::Folder(given.state);
  live::Marks marks(folder.marks());
  live::Status status;
  live::StandardOutput output(STDOUT_FILENO, marks);
  settings.command = worker_command(arguments, folder);
  settings.input = STDIN_FILENO;
  live::Keeper keeper(std::move(settings), {folder, marks, output, status, log, warnings, {}});
  if (!keeper.start()) return 2;
  return keeper.run();
}

}  // namespace
}  // namespace oddity::program

int main(int argument_count, char** argument_values) {
  using namespace oddity::program;
  CLI::App app("Judge a stream of line protocol as it comes: on stdin and stdout, for Telegraf, or over HTTP.",
               "oddity live");
  LiveOptions given;
  given.add_to(app);
  app.get_option("--state")->take_last();
  const std::vector<std::string> arguments(argument_values + 1, argument_values + argument_count);
  return exit_code_of(app, arguments, [&] {
    return given.worker ? run_as_worker(given) : run_live(given, arguments);
  });
}
