// oddity-live: the engine under a stream of line protocol. `oddity live` becomes this program; it is separate so that what
// speaks HTTP is not part of Kapacitor's agent. Its worker is this program again.
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/crash_report.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "base/running_call.hpp"
#include "exchange/worker_descriptors.hpp"
#include "exit_code.hpp"
#include "http/server.hpp"
#include "judge/worker.hpp"
#include "keeper/keeper.hpp"
#include "keeper/stop_signals.hpp"
#include "live_options.hpp"
#include "page/page.hpp"
#include "send/sender.hpp"
#include "watch/watch.hpp"

namespace oddity::program {
namespace {

// Telegraf takes the first letter for the level of a child's line.
constexpr const char* told = "I! oddity";
constexpr const char* warned = "W! oddity";

int run_as_worker(const LiveOptions& given) {
  ::prctl(PR_SET_NAME, "oddity-worker");
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is an error that is told
  report_crashes(STDERR_FILENO);
  const CrashStack stack;
  Log log(STDERR_FILENO, warned);
  RunningCall call;
  setup::Ready ready =
      given.engine.setup().prepare(given.engine_settings(), log, &call, setup::Windows::are_made_of_points);
  Log notes(STDERR_FILENO, told);
  for (const std::string& note : ready.options.notes) notes.write(note);
  live::SharedInHand in_hand(live::worker_in_hand);
  const std::filesystem::path folder = given.state;
  return live::run_worker(given.judging(), ready, {folder / "state", folder / "state.next"}, in_hand, log);
}

/// The same command line, for the process that judges; of the folder it is told where it lies.
std::vector<std::string> worker_command(const std::vector<std::string>& arguments,
                                        const live::Folder& folder) {
  std::vector<std::string> command{"/proc/self/exe"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  command.insert(command.end(), {"--worker", "--state", folder.place().string()});
  return command;
}

/// Whether stdin is a stream: under systemd it is /dev/null, and beside --listen a terminal is no source of lines.
int input_of(const LiveOptions& given) {
  struct stat kind {};
  const bool is_stream = ::fstat(STDIN_FILENO, &kind) == 0 &&
                         (S_ISFIFO(kind.st_mode) || S_ISSOCK(kind.st_mode) || S_ISREG(kind.st_mode));
  return given.listen.empty() || is_stream ? STDIN_FILENO : -1;
}

/// Where answers go: to stdout, or to a server by way of a queue.
struct Delivery {
  Delivery(const LiveOptions& given, const live::Folder& folder, live::Marks& marks, Log& warnings) {
    if (given.to.empty()) {
      outlet = std::make_unique<live::StandardOutput>(STDOUT_FILENO, marks);
      return;
    }
    if (given.pass_through)
      throw Error({"option '--pass-through'", "stdout, where lines are handed on",
                   "--to, where only results go", ""});
    auto to = live::Destination::parse(given.to, given.to_database,
                                       token_option("--to-token-file", given.to_token_file));
    destination = to.server;
    queue = std::make_unique<live::ResultQueue>(folder.queue(), bytes_option("--queue", given.queue));
    sender = std::make_unique<live::Sender>(std::move(to), *queue, warnings);
    outlet = std::make_unique<live::QueuedOutput>(*queue, marks, warnings);
  }

  /// What is not delivered by then stays in the folder, if it stays: `kept`. False: results are lost.
  bool finish(bool kept, Log& warnings) const {
    if (!sender) return true;
    sender->stop(std::chrono::seconds(10));
    if (queue->dropped() != 0)
      warnings.line(
          "{} lines of results are lost: {} refused them, or they waited for it and there was no more room "
          "(--queue)",
          queue->dropped(), destination);
    if (queue->bytes() != 0)
      warnings.line(
          "{} bytes of results are not delivered; {}", queue->bytes(),
          kept ? "they wait for the next start" : "they are lost, as there is no --state to keep them");
    return queue->dropped() == 0 && (kept || queue->bytes() == 0);
  }

  std::string destination;
  std::unique_ptr<live::ResultQueue> queue;
  std::unique_ptr<live::Sender> sender;
  std::unique_ptr<live::Outlet> outlet;
};

int run_live(const LiveOptions& given, const std::vector<std::string>& arguments) {
  const live::StopSignals signals;
  live::KeeperSettings settings = given.keeping();
  (void)given.judging();  // its mistakes are told here, once
  Log log(STDERR_FILENO, told);
  Log warnings(STDERR_FILENO, warned);
  const live::Folder folder = given.state.empty() ? live::Folder::temporary() : live::Folder(given.state);
  live::Marks marks(folder.marks());
  live::Status status;
  live::Watch watch;
  const Delivery delivery(given, folder, marks, warnings);
  settings.command = worker_command(arguments, folder);
  settings.input = input_of(given);
  live::Keeper keeper(std::move(settings), {folder, marks, *delivery.outlet, signals, status, log, warnings,
                                            [&](const live::Frame& frame) { watch.take(frame); }});
  status.also([&](live::StatusNumbers& numbers) {
    numbers.waiting_bytes = keeper.intake().waiting_bytes();
    numbers.journal_bytes = keeper.intake().journal_bytes();
    if (!delivery.queue) return;
    numbers.results_dropped = delivery.queue->dropped();
    numbers.results_waiting = delivery.queue->bytes();
  });
  if (!keeper.start()) return 2;
  std::unique_ptr<live::Server> server;
  if (!given.listen.empty()) {
    server = std::make_unique<live::Server>(
        live::ServerSettings{live::ListenAddress::parse(given.listen),
                             token_option("--token-file", given.token_file), std::size_t{32} << 20,
                             given.judging().names, page::live()},
        live::ServerParts{keeper.intake(), watch, status, log, warnings});
  }
  const int result = keeper.run();
  server.reset();
  const bool delivered = delivery.finish(!given.state.empty(), warnings);
  return delivered ? result : 1;
}

}  // namespace
}  // namespace oddity::program

int main(int argument_count, char** argument_values) {
  using namespace oddity::program;
  CLI::App app(
      "Judge a stream of line protocol as it comes: on stdin and stdout, for Telegraf, or over HTTP.",
      "oddity live");
  LiveOptions given;
  given.add_to(app);
  app.get_option("--state")->take_last();
  const std::vector<std::string> arguments(argument_values + 1, argument_values + argument_count);
  return exit_code_of(app, arguments,
                      [&] { return given.worker ? run_as_worker(given) : run_live(given, arguments); });
}
