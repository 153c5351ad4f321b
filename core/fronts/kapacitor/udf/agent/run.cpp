#include "agent/run.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>

#include "agent/descriptors.hpp"
#include "agent/listener.hpp"
#include "agent/printed.hpp"
#include "agent/session.hpp"
#include "base/crash_report.hpp"
#include "base/error.hpp"

namespace oddity::agent {
namespace {

void be_first_to_go(int score) {
  const int file = ::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  const std::string text = std::to_string(score);
  if (file >= 0 && ::write(file, text.data(), text.size()) < 0) {
    // Raising the score is allowed to every user; where it fails, nothing else is affected.
  }
  ::close(file);
}

/// One conversation from its first frame to its last log line.
class Conversation {
 public:
  Conversation(int in, int out, int stop, const Log& log, const MakeHandler& make)
      : log_(log.descriptor(), log.program()),
        handler_(make(log_)),
        session_(in, out, stop, *handler_, log_) {}

  /// False: a call of the handler has not returned, and its thread still refers to all this.
  bool run() {
    ending_ = session_.run();
    if (session_.worker_runs()) {
      log_.line("a call has not returned; leaving without it");
      return false;
    }
    handler_->finish(to_string(ending_), session_.frames_dropped());
    return true;
  }
  bool asked_for() const noexcept {
    return ending_ == Ending::delivered || ending_ == Ending::unread || ending_ == Ending::reader_gone;
  }

 private:
  Log log_;
  std::unique_ptr<Handler> handler_;
  Session session_;
  Ending ending_{};
};

int converse_on_pipes(int in, int out, int stop, const MakeHandler& make, const Log& log) {
  const auto use = std::make_unique<Conversation>(in, out, stop, log, make);
  if (!use->run()) ::_exit(1);  // what the call may still use must not be destroyed
  return use->asked_for() ? 0 : 1;
}

int serve(const Serving& serving, int stop, const MakeHandler& make, Log& log) {
  Listener listener(serving.socket, serving.mode, log);
  log.line("serving '{}'", serving.socket);
  std::atomic<bool> left_behind{false};
  const bool all_ended = listener.run(stop, [&](int connection) {
    auto use = std::make_unique<Conversation>(connection, connection, stop, log, make);
    if (use->run()) return;
    static_cast<void>(use.release());
    left_behind = true;
  });
  log.line("stopped serving '{}'", serving.socket);
  if (all_ended && !left_behind) return 0;
  ::unlink(serving.socket.c_str());
  ::_exit(1);
}

}  // namespace

int run(std::string_view program, const Serving& serving, const MakeHandler& make) {
  const int log_descriptor = copy_stderr();
  const int out = take_stdout();
  const int stop = watch_signals();
  const int in = take_stdin();
  report_crashes(log_descriptor);
  be_first_to_go(serving.oom_score);
  Log log(log_descriptor, program);
  const Printed printed(log, log_descriptor);
  return serving.socket.empty() ? converse_on_pipes(in, out, stop, make, log)
                                : serve(serving, stop, make, log);
}

int run(int argument_count, char** arguments, const MakeHandler& make) {
  const std::string_view path = arguments[0];
  const bool socket = argument_count == 3 && std::string_view(arguments[1]) == "--socket";
  if (argument_count != 1 && !socket) {
    std::fprintf(stderr, "usage: %s [--socket PATH]\n", arguments[0]);
    return 2;
  }
  Serving serving;
  if (socket) serving.socket = arguments[2];
  try {
    return run(path.substr(path.rfind('/') + 1), serving, make);
  } catch (const Error& wrong) {
    std::fprintf(stderr, "%s\n", wrong.what());
    return 1;
  }
}

}  // namespace oddity::agent
