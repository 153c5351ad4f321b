// The kapacitord that started this process, as seen from outside.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

namespace oddity::kapacitor {

/// Kapacitor opens its API last when it starts and closes it first when it stops. So a use that is started
/// while the API is closed is that of a task which was enabled when the daemon stopped, and one that is
/// stopped while it is closed stops with the daemon: nobody can delete, define, enable or replay a task then.
/// (server/server.go of Kapacitor, Open and Close; the same in 1.5.7 and in 1.8.)
class Daemon {
 public:
  /// `process`: our parent.
  explicit Daemon(pid_t process);

  /// Whether some TCP port is listened on by the daemon. std::nullopt: it has ended, or may not be looked at.
  std::optional<bool> takes_requests() const;

  /// Its program and arguments; empty: cannot be read. Tells two daemons of one machine apart, and stays what
  /// it is through a restart.
  const std::string& command_line() const noexcept { return command_line_; }

 private:
  pid_t process_;
  std::string command_line_;
};

}  // namespace oddity::kapacitor
