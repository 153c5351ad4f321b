// Moves the standard descriptors of the agent's process to where no plugin can harm them.
#pragma once

namespace oddity::agent {

/// A private copy of stdin; stdin itself reads nothing afterwards. A process that a plugin leaves behind
/// would otherwise hold kapacitord's pipe open, which then could not see that we are gone. Call after
/// watch_signals, which looks at stdin. -1: no stdin.
int take_stdin();

/// A private copy of stdout, which belongs to the protocol; stdout itself points to stderr afterwards, so
/// that a library's printf reaches the log and not kapacitord, which one stray byte would end. Call before
/// anything is loaded. -1: no stdout.
int take_stdout();

/// A private copy of stderr, the log's, which stays Kapacitor's own when descriptor 2 becomes the plugins'
/// (printed.hpp). -1: no stderr.
int copy_stderr();

/// A descriptor that becomes readable when the process is asked to end by SIGTERM, or by SIGINT where stdin
/// is a terminal. Elsewhere SIGINT and SIGHUP are ignored: Ctrl-C at a kapacitord in the foreground, or the
/// end of its terminal, reaches its whole process group; where kapacitord ends by it, the end of our input
/// follows anyway, and by SIGHUP it does not. SIGPIPE is ignored: a write then says EPIPE. Call before any
/// thread is started.
int watch_signals();

}  // namespace oddity::agent
