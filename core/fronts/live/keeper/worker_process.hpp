// The worker as the keeper sees it: two pipes, and how it ended.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/frame.hpp"
#include "exchange/in_hand.hpp"

namespace oddity::live {

/// 1. WorkerProcess worker(command, in_hand)   starts it; throws std::system_error when that cannot be.
/// 2. send() and receive() where poll(2) says that they would do something.
/// 3. ended() says how, once it has; the destructor kills it if it has not.
///
/// It is this program anew, in a process group of its own so that a terminal's Ctrl-C does not reach it, and ends with
/// the thread that started it. What it prints on stdout goes to stderr.
class WorkerProcess {
 public:
  WorkerProcess(const std::vector<std::string>& command, const SharedInHand& in_hand);
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;
  ~WorkerProcess();

  pid_t pid() const noexcept { return pid_; }
  int in() const noexcept { return in_; }
  int out() const noexcept { return out_; }

  /// What waits to be sent.
  std::string& pending() noexcept { return pending_; }
  std::size_t unsent() const noexcept { return pending_.size() - sent_; }
  /// Writes as much as the pipe takes. False: nobody reads it any more.
  bool send();
  /// Reads what is there into the cutter. False: nobody writes any more.
  bool receive();
  FrameCutter& cutter() noexcept { return cutter_; }

  void kill() noexcept;
  /// Nothing more is sent: it ends when it has answered everything.
  void finish() noexcept;
  /// Its wait status, once it has ended; `wait`: does not return before.
  std::optional<int> ended(bool wait = false) noexcept;

 private:
  pid_t pid_ = -1;
  int in_ = -1;
  int out_ = -1;
  std::string pending_;
  std::size_t sent_ = 0;
  FrameCutter cutter_;
  std::optional<int> status_;
};

/// "by signal 11 (Segmentation fault)", "with exit status 3".
std::string how_it_ended(int status);
/// Whether a process ends so by its own fault.
bool is_crash(int status) noexcept;

}  // namespace oddity::live
