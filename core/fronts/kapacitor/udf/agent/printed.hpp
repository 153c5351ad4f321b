// What plugins print: taken off descriptors 1 and 2, cut to lines that Kapacitor bears, and logged.
#pragma once

#include <array>
#include <thread>

#include "base/log.hpp"

namespace oddity::agent {

/// Descriptors 1 and 2 of an agent are kapacitord's: one stray byte on the first ends the daemon; one line of
/// 64 KiB on the second ends the reading of the log, and then whoever writes to it hangs. So both become a
/// pipe of ours. A thread reads it all the time, so no plugin ever waits, and logs what was printed, a line a
/// line, cut, at most some lines a second; the rest is counted.
///
/// 1. Make private copies of what 1 and 2 were (descriptors.hpp).
/// 2. Printed printed(log); before anything is loaded, after signals are blocked.
/// 3. The destructor gives descriptor 2 its file back (descriptor 1 gets the same) and logs what is left.
class Printed {
 public:
  /// `log` and its descriptor outlive this.
  Printed(Log& log, int log_descriptor);
  Printed(const Printed&) = delete;
  Printed& operator=(const Printed&) = delete;
  ~Printed();

 private:
  void relay();

  Log& log_;
  int log_descriptor_;
  int stop_;
  std::array<int, 2> pipe_{-1, -1};
  std::thread reader_;
};

}  // namespace oddity::agent
