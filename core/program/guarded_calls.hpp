// What a verb does about detectors that crash or hang: it says whose call it was before it ends.
#pragma once

#include "base/call_watch.hpp"
#include "base/crash_report.hpp"
#include "base/log.hpp"
#include "options/config.hpp"

namespace oddity::program {

/// 1. GuardedCalls guarded(setup.config(), log), before the first window;
/// 2. const CallWatch::Watched watched(guarded.watch(), pipeline.running()); for each pipeline, while it judges.
///
/// A call that does not return within `limits.call` ends the process with 1 and a sentence: results are not put in
/// place. So does a crash, with its signal.
class GuardedCalls {
 public:
  GuardedCalls(const config::Config& config, Log& log);

  CallWatch& watch() noexcept { return watch_; }

 private:
  const CrashStack stack_;
  CallWatch watch_;
};

}  // namespace oddity::program
