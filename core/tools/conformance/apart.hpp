// Runs a function in a process of its own, with a time limit: what crashes, hangs, prints or stays behind
// there costs nothing here.
//
// WHY FORK ALONE. The probe of a plugin executes the program again, since an agent has threads. Here nothing
// is loaded and no thread started before the fork, so the child is as clean as a new program would be, and
// can simply call the function.
#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace oddity::conformance {

struct Ended {
  std::string said;     ///< what the function returned
  bool returned;        ///< it came to its end; otherwise `how` says what happened instead
  std::string how;      ///< "Segmentation fault", "did not end within 10 s", "ended the process (exit 0)"
  std::string printed;  ///< what came on stdout and on stderr; the first 64 KiB of each
  std::string complained;
};

/// For a body that runs inside something that has a limit.
inline constexpr std::chrono::milliseconds no_limit_of_its_own = std::chrono::hours(24);

/// Call only while this process has one thread. stdin is empty there; no core is dumped; whatever processes
/// the function leaves behind are ended, and all of it when this process ends. `body` must not throw. Throws
/// std::system_error when no process can be made.
Ended run_apart(const std::function<std::string()>& body, std::chrono::milliseconds limit);

}  // namespace oddity::conformance
