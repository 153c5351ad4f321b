#include "agent/session.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "agent/exchange.hpp"
#include "base/crash_report.hpp"

namespace oddity::agent {

/// Two threads, of which one at a time has the duty to read and to write.
///
/// The worker reads, works and writes, one after the other: while calls of the handler are short, no thread wakes
/// another, which costs more than the work. The caller's thread looks after it now and then, and where the same
/// piece of work goes on since the last time, it takes the duty until that is done. So keepalives are answered, the
/// end is noticed and the limits hold however long a call takes.
class Session::Loop {
 public:
  Loop(int in, int out, int stop, Handler& handler, Log& log, const Limits& limits)
      : wake_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
        exchange_(in, out, stop, wake_, handler, log, limits) {}
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;
  ~Loop() { ::close(wake_); }

  Ending run() {
    thread_ = std::thread(&Loop::work, this);
    watch();
    exchange_.worker().leave();
    exchange_.outbox().drop();
    if (wait_for_worker()) {
      thread_.join();
    } else {
      thread_.detach();  // it goes with the process
      abandoned_ = true;
    }
    return *exchange_.ended();
  }
  bool worker_runs() const noexcept { return abandoned_; }
  std::uint64_t frames_dropped() noexcept { return exchange_.worker().agent().frames_dropped(); }

 private:
  using Wait = Exchange::Wait;

  // The worker's thread.

  void work() {
    const CrashStack stack;
    Worker& worker = exchange_.worker();
    std::unique_lock duty(duty_);
    bool waiting = false;  // something is there to be worked on
    while (!exchange_.ended()) {
      exchange_.turn(waiting ? Wait::no : Wait::for_input, false);
      waiting = !exchange_.ended() && worker.take(exchange_.inbox());
      if (!waiting) {
        exchange_.pause();
        continue;
      }
      begin_work();
      duty.unlock();
      worker.work();
      end_work();
      duty.lock();
      worker.give_back(exchange_.inbox());
      if (!exchange_.ended()) exchange_.write_answers();
      waiting = exchange_.inbox().busy();
      if (!waiting) exchange_.pause();
    }
    duty.unlock();
    end();
  }

  void begin_work() noexcept {
    ++works_;
    working_ = true;
  }

  /// Who has the duty meanwhile sees that the work is done, or this sees who has the duty, and calls.
  void end_work() {
    working_ = false;
    if (accompanied_) ::eventfd_write(wake_, 1);
  }

  void end() {
    const std::lock_guard lock(sleep_);
    over_ = true;
    awake_.notify_one();
  }

  // The caller's thread.

  /// Returns when the conversation has ended.
  void watch() {
    std::unique_lock lock(sleep_);
    std::uint64_t seen = 0;
    while (!awake_.wait_for(lock, exchange_.tick(), [this] { return over_; })) {
      const bool the_same = seen == works_;
      seen = works_;
      if (!the_same || !working_) continue;
      lock.unlock();
      const bool ended = accompany();
      lock.lock();
      if (ended) return;
    }
  }

  /// Has the duty while the worker is at work. True: the conversation has ended.
  bool accompany() {
    const std::lock_guard duty(duty_);
    accompanied_ = true;
    while (working_ && !exchange_.ended()) exchange_.turn(Wait::for_input, true);
    accompanied_ = false;
    return exchange_.ended().has_value();
  }

  /// Gets what a running call of the handler gets.
  bool wait_for_worker() {
    std::unique_lock lock(sleep_);
    return awake_.wait_for(lock, exchange_.limits().after_end_call, [this] { return over_; });
  }

  const int wake_;
  bool abandoned_ = false;
  bool over_ = false;  ///< guarded by sleep_
  std::atomic<bool> working_{false};
  std::atomic<bool> accompanied_{false};
  std::atomic<std::uint64_t> works_{0};
  Exchange exchange_;  ///< guarded by duty_
  std::thread thread_;
  std::mutex duty_;   ///< to read and to write
  std::mutex sleep_;  ///< of the caller's thread
  std::condition_variable awake_;
};

Session::Session(int in, int out, int stop, Handler& handler, Log& log, const Limits& limits)
    : loop_(std::make_unique<Loop>(in, out, stop, handler, log, limits)) {}
Session::~Session() {
  if (loop_->worker_runs()) static_cast<void>(loop_.release());  // the abandoned thread still refers to it
}
Ending Session::run() { return loop_->run(); }
bool Session::worker_runs() const noexcept { return loop_->worker_runs(); }
std::uint64_t Session::frames_dropped() const noexcept { return loop_->frames_dropped(); }

}  // namespace oddity::agent
