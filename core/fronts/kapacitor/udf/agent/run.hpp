// The main of a program that is a user-defined function.
#pragma once

#include <sys/types.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "agent/handler.hpp"
#include "base/log.hpp"

namespace oddity::agent {

/// Makes the handler of one use. Called once by a process that Kapacitor starts, and once a connection, from
/// several threads, by one that serves a socket: handlers that share nothing need no locks. The log is
/// Kapacitor's; it outlives the handler.
using MakeHandler = std::function<std::unique_ptr<Handler>(Log&)>;

/// Where the conversations come from, and what the process asks of the machine.
struct Serving {
  /// A unix socket to serve, many conversations at once; empty: stdin and stdout.
  std::string socket;
  /// Permissions of the socket's file.
  mode_t mode = 0660;
  /// 0 to 1000, how readily the kernel ends this process when memory runs out: agents share kapacitord's
  /// memory cgroup, and the daemon, at 0, must not be the first to go.
  int oom_score = 500;
};

/// Runs the program to its end. stdout belongs to the protocol: from here on what anybody
/// prints to it goes to the log, which is Kapacitor's. Call it before any thread is started.
/// `program`: what log lines begin with.
///
/// Returns the exit code of the process: 0 after an end that Kapacitor asked for, 1 after a failure that it
/// was told. Throws oddity::Error where the socket cannot be served. Does not return while a call of a
/// handler does not: the process ends then.
int run(std::string_view program, const Serving& serving, const MakeHandler& make);

/// The same as the whole of a main, as its arguments say:
///
///     PROGRAM                  one use on stdin and stdout, as Kapacitor starts it by `prog`
///     PROGRAM --socket PATH    every use that connects to the unix socket PATH, until SIGTERM: `socket`
///
/// 2 for arguments that are not these.
int run(int argument_count, char** arguments, const MakeHandler& make);

}  // namespace oddity::agent
