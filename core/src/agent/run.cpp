#include "agent/run.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <memory>
#include <optional>
#include <string_view>

#include "agent/descriptors.hpp"
#include "agent/listener.hpp"
#include "agent/printed.hpp"
#include "agent/session.hpp"
#include "base/crash_report.hpp"
#include "base/error.hpp"

namespace oddity::agent {
namespace {

/// One use, over two pipes or a connection, to its end; std::nullopt: a call of the handler has not returned,
/// and what its thread refers to is left to it.
std::optional<Ending> converse(int in, int out, int stop, std::unique_ptr<Handler> handler, Log& log) {
  Session session(in, out, stop, *handler, log);
  const Ending ending = session.run();
  if (!session.worker_runs()) return ending;
  log.line("a call of the handler has not returned; leaving without it");
  static_cast<void>(handler.release());
  return std::nullopt;
}

int converse_on_pipes(int in, int out, int stop, const MakeHandler& make, Log& log) {
  const auto ending = converse(in, out, stop, make(log), log);
  if (!ending) ::_exit(1);
  return ending == Ending::delivered || ending == Ending::unread || ending == Ending::reader_gone ? 0 : 1;
}

int serve(const char* path, int stop, const MakeHandler& make, Log& log) {
  constexpr mode_t owner_and_group = 0660;
  Listener listener(path, owner_and_group, log);
  std::atomic<bool> left_behind{false};
  const bool all_ended = listener.run(stop, [&](int connection) {
    if (!converse(connection, connection, stop, make(log), log)) left_behind = true;
  });
  if (all_ended && !left_behind) return 0;
  ::unlink(path);
  ::_exit(1);
}

}  // namespace

int run(int argument_count, char** arguments, const MakeHandler& make) {
  const std::string_view program = arguments[0];
  const bool socket = argument_count == 3 && std::string_view(arguments[1]) == "--socket";
  if (argument_count != 1 && !socket) {
    std::fprintf(stderr, "usage: %s [--socket PATH]\n", arguments[0]);
    return 2;
  }
  const int log_descriptor = copy_stderr();
  const int out = take_stdout();
  const int stop = watch_signals();
  const int in = take_stdin();
  report_crashes(log_descriptor);
  Log log(log_descriptor, program.substr(program.rfind('/') + 1));
  const Printed printed(log, log_descriptor);
  try {
    return socket ? serve(arguments[2], stop, make, log) : converse_on_pipes(in, out, stop, make, log);
  } catch (const Error& wrong) {
    log.line("{}", wrong.what());
    return 1;
  }
}

}  // namespace oddity::agent
