#include "agent/run.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <string_view>

#include "agent/descriptors.hpp"
#include "agent/listener.hpp"
#include "agent/printed.hpp"
#include "agent/session.hpp"
#include "base/crash_report.hpp"
#include "base/error.hpp"

namespace oddity::agent {
namespace {

/// One use, over two pipes or a connection. Whether it ended as Kapacitor asked.
bool converse(int in, int out, int stop, Handler& handler, Log& log) {
  Session session(in, out, stop, handler, log);
  const Ending ending = session.run();
  if (session.worker_runs()) {
    log.line("a call of the handler has not returned; leaving without it");
    ::_exit(1);  // the thread is inside the handler: nothing that it uses may be destroyed
  }
  return ending == Ending::delivered || ending == Ending::unread || ending == Ending::reader_gone;
}

int serve(const char* path, int stop, const MakeHandler& make, Log& log) {
  constexpr mode_t owner_and_group = 0660;
  Listener listener(path, owner_and_group, log);
  const bool all_ended = listener.run(stop, [&](int connection) {
    converse(connection, connection, stop, *make(log), log);
  });
  if (!all_ended) ::_exit(1);
  return 0;
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
  report_crashes(log_descriptor);
  Log log(log_descriptor, program.substr(program.rfind('/') + 1));
  const Printed printed(log, log_descriptor);
  try {
    return socket ? serve(arguments[2], stop, make, log)
                  : !converse(STDIN_FILENO, out, stop, *make(log), log);
  } catch (const Error& wrong) {
    log.line("{}", wrong.what());
    return 1;
  }
}

}  // namespace oddity::agent
