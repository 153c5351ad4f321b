// The main of a program that is a user-defined function.
#pragma once

#include <functional>
#include <memory>

#include "agent/handler.hpp"
#include "base/log.hpp"

namespace oddity::agent {

/// Makes the handler of one use. Called once by a process that Kapacitor starts, and once a connection, from
/// several threads, by one that serves a socket: handlers that share nothing need no locks. The log is
/// Kapacitor's; it outlives the handler.
using MakeHandler = std::function<std::unique_ptr<Handler>(Log&)>;

/// Runs the program to its end, as its arguments say:
///
///     PROGRAM                  one use on stdin and stdout, as Kapacitor starts it by `prog`
///     PROGRAM --socket PATH    every use that connects to the unix socket PATH, until SIGTERM: `socket`
///
/// stdout belongs to the protocol: from here on what anybody prints to it goes to stderr, which is
/// Kapacitor's log. Call it first in main, before any thread is started. Returns the exit code of the
/// process: 0 after an end that Kapacitor asked for, 1 after a failure that it was told, 2 for arguments that
/// are not these. Does not return while a call of a handler does not: the process ends then.
int run(int argument_count, char** arguments, const MakeHandler& make);

}  // namespace oddity::agent
