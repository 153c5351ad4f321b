// Says whose call crashed before the process ends by the signal.
#pragma once

namespace oddity {

/// From now on SIGSEGV, SIGBUS, SIGFPE, SIGILL and SIGABRT write one line to `log` (a descriptor that stays
/// open), naming the detector, task, node and group of the thread that crashed, and then end the process as
/// they would have. Signals that already have a handler (a sanitizer's) are left alone.
///
/// 1. report_crashes(log) once, at the start of the process;
/// 2. const CrashStack stack; on each thread that calls detectors, so that an overflow of
///    its own stack can be reported.
void report_crashes(int log) noexcept;

/// A stack for signal handlers on this thread, from construction to destruction.
class CrashStack {
 public:
  CrashStack();
  CrashStack(const CrashStack&) = delete;
  CrashStack& operator=(const CrashStack&) = delete;
  ~CrashStack();

 private:
  void* memory_;
};

}  // namespace oddity
