#include "guarded_calls.hpp"

#include <unistd.h>

#include <chrono>

namespace oddity::program {
namespace {

std::chrono::milliseconds limit_of(const config::Config& config) {
  using std::chrono::duration_cast;
  if (!config.limits.call) return usual_call_limit;
  return duration_cast<std::chrono::milliseconds>(std::chrono::nanoseconds(*config.limits.call));
}

}  // namespace

GuardedCalls::GuardedCalls(const config::Config& config, Log& log)
    : watch_(limit_of(config), [&log](const std::string& sentence) {
        log.write(sentence);
        ::_exit(1);  // the thread inside the call cannot be ended
      }) {
  report_crashes(STDERR_FILENO);
}

}  // namespace oddity::program
