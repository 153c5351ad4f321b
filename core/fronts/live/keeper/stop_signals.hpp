// The signals that ask this process to stop, as something to be read.
#pragma once

namespace oddity::live {

/// From its construction on, SIGTERM, SIGINT, SIGHUP and SIGCHLD are read from descriptor(), and a write to a closed pipe
/// is an error and no signal. A thread that began before would still be ended by them: so this comes first in a process.
class StopSignals {
 public:
  /// Throws std::system_error.
  StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;
  ~StopSignals();

  int descriptor() const noexcept { return descriptor_; }
  /// The number of the next signal that asks to stop; 0: none came.
  int next() const noexcept;

 private:
  int descriptor_;
};

}  // namespace oddity::live
