#include "agent/session.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <thread>

#include "agent/frame_cutter.hpp"
#include "agent/inbox.hpp"
#include "agent/outbox.hpp"
#include "agent/output.hpp"
#include "agent/worker.hpp"

namespace oddity::agent {
namespace {

using Clock = std::chrono::steady_clock;

/// Pipes and sockets only: on anything else the flag would be shared with the other processes that have it
/// open, say a terminal's shell.
void never_block(int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || (!S_ISFIFO(status.st_mode) && !S_ISSOCK(status.st_mode))) return;
  ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
}

/// No writer waits behind a file: reading far ahead would only drive what was read out of the caches.
std::size_t inbox_bytes(int descriptor, const Limits& limits) {
  constexpr std::size_t of_a_file = 512 * 1024;
  struct stat status {};
  const bool is_file = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  return is_file ? std::min(of_a_file, limits.inbox_bytes) : limits.inbox_bytes;
}

}  // namespace

const char* to_string(Ending ending) noexcept {
  switch (ending) {
    case Ending::delivered:
      return "input ended, everything delivered";
    case Ending::unread:
      return "input ended and nobody reads the output";
    case Ending::reader_gone:
      return "the reader closed its end";
    case Ending::failed:
      return "failed";
    case Ending::stuck:
      return "a call did not return";
    case Ending::broken_input:
      return "the input is not a stream of frames";
    case Ending::stalled:
      return "nobody took the output";
  }
  return "";
}

class Session::Loop {
 public:
  Loop(int in, int out, int stop, Handler& handler, Log& log, const Limits& limits)
      : in_(in),
        stop_(stop),
        handler_(handler),
        log_(log),
        limits_(limits),
        inbox_(inbox_bytes(in, limits)),
        outbox_(limits.outbox_bytes),
        output_(out),
        wake_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
        worker_(handler, inbox_, outbox_, wake_) {
    never_block(in_);
    never_block(out);
  }
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;
  ~Loop() { ::close(wake_); }

  Ending run() {
    worker_.start();
    called_at_ = Clock::now();
    while (!ending_) turn();
    worker_.leave();
    outbox_.drop();
    inbox_.close();
    if (worker_.finished()) {
      worker_.join();
    } else if (!wait_for_worker()) {
      worker_.abandon();
      abandoned_ = true;
    }
    return *ending_;
  }
  bool worker_runs() const noexcept { return abandoned_; }
  std::uint64_t frames_dropped() const noexcept { return worker_.agent().frames_dropped(); }

 private:
  void turn() {
    if (worker_.take_init()) adopt_limits();
    output_.take(outbox_);
    const Clock::time_point now = Clock::now();
    check_call(now);
    check_clocks(now);
    if (ending_ || finish_if_done()) return;

    std::array<pollfd, 4> polled{};
    polled[0] = {input_ended_ || !inbox_.has_room() ? -1 : in_, POLLIN, 0};
    polled[1] = {output_.pending_bytes() == 0 ? -1 : output_.descriptor(), POLLOUT, 0};
    polled[2] = {wake_, POLLIN, 0};
    polled[3] = {input_ended_ ? -1 : stop_, POLLIN, 0};
    if (::poll(polled.data(), polled.size(), static_cast<int>(patience().count())) < 0)
      return;  // EINTR: once more
    if (polled[2].revents != 0) clear_wake();
    if (polled[1].revents != 0) write();
    if (polled[3].revents != 0) end_input();
    if (polled[0].revents != 0) read_some();
  }

  std::chrono::milliseconds patience() const {
    using std::chrono::milliseconds;
    if (input_ended_) return limits_.after_end_tick;
    // Whichever limit is the shortest has to be noticed in time; a poll takes no more
    // milliseconds than an int holds.
    return std::max(milliseconds(1), std::min({limits_.heartbeat / 2, limits_.call / 2,
                                               limits_.write_stall / 2, milliseconds(1000)}));
  }

  void clear_wake() const {
    eventfd_t count = 0;
    ::eventfd_read(wake_, &count);
  }

  enum class Found : std::uint8_t { much, little, end, no_frames };

  Found read_once() {
    const ssize_t got = ::read(in_, cutter_.room(), cutter_.room_bytes());
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return Found::little;
    if (got <= 0) return Found::end;
    const bool good =
        cutter_.take(static_cast<std::size_t>(got), [this](wire::Bytes body) { answer_keepalive(body); });
    if (!good) return Found::no_frames;
    return static_cast<std::size_t>(got) < FrameCutter::read_bytes ? Found::little : Found::much;
  }

  /// Reads until there is little left, and hands all of it on at once: a worker that is woken for every piece
  /// costs more than its work. Then a pause, in which more comes together.
  void read_some() {
    Found found = Found::much;
    while (found == Found::much && !cutter_.is_full()) found = read_once();
    cutter_.hand_on(inbox_);
    if (found == Found::end) return end_input();
    if (found == Found::no_frames) return break_off();
    if (found == Found::little && limits_.short_read_nap.count() != 0)
      std::this_thread::sleep_for(limits_.short_read_nap);
  }

  void answer_keepalive(wire::Bytes body) {
    const Clock::time_point now = Clock::now();
    if (keepalive_at_)
      keepalive_distance_ = std::chrono::duration_cast<std::chrono::milliseconds>(now - *keepalive_at_);
    keepalive_at_ = now;
    std::int64_t time = 0;
    wire::FieldReader fields(body);
    while (fields.next()) {
      if (fields.is(1, wire::WireType::varint)) time = fields.integer();
    }
    send_keepalive(time);
  }

  void send_keepalive(std::int64_t time) {
    wire::Responses alive;
    alive.keepalive(time);
    outbox_.put_now(alive.frames());
  }

  void end_input() {
    if (input_ended_) return;
    if (cutter_.pending_bytes() != 0)
      log_.line("the input ended inside a frame: {} bytes dropped", cutter_.pending_bytes());
    input_ended_ = true;
    fallen_at_ = probed_at_ = Clock::now();
    inbox_.close();
  }

  void break_off() {
    log_.line("the input is not a stream of frames: impossible length; leaving");
    wire::Responses last;
    last.error("oddity: the input is not a stream of frames");
    outbox_.put_now(last.frames());
    output_.take(outbox_);
    write();
    ending_ = Ending::broken_input;
  }

  void write() {
    if (!output_.write()) ending_ = Ending::reader_gone;
  }

  /// The answers of a failed Init are written before we leave, and the end of all work ends the session.
  bool finish_if_done() {
    if (!worker_.finished() && !stuck_) return false;
    output_.take(outbox_);
    write();
    if (ending_) return true;
    if (output_.pending_bytes() != 0 || !outbox_.empty()) return false;
    ending_ = stuck_ ? Ending::stuck : worker_.failed() ? Ending::failed : Ending::delivered;
    return true;
  }

  void adopt_limits() {
    limits_ = handler_.limits(limits_);
    inbox_.set_most_bytes(inbox_bytes(in_, limits_));
    outbox_.set_most_bytes(limits_.outbox_bytes);
  }

  /// Heartbeats make Kapacitor believe that a call which never returns is alive, so the limit has to be here.
  /// Its sentence becomes the task's error.
  void check_call(Clock::time_point now) {
    const std::uint64_t call = worker_.call();
    if (!worker_.calling() || call != seen_call_) {
      seen_call_ = call;
      called_at_ = now;
    }
    if (stuck_ || now - called_at_ < limits_.call) return;
    stuck_ = true;
    const Handler::Activity activity = handler_.activity();
    const std::string sentence =
        fmt::format("{} did not return within {}{}", activity.what, seconds(limits_.call),
                    activity.where.empty() ? "" : " (" + activity.where + ")");
    log_.write(sentence);
    wire::Responses last;
    last.error("oddity: " + sentence);
    outbox_.put_now(last.frames());
    end_input();
  }

  static std::string seconds(std::chrono::milliseconds time) {
    return fmt::format("{} s", std::chrono::duration<double>(time).count());
  }

  void check_clocks(Clock::time_point now) {
    const auto stall = std::max<std::chrono::milliseconds>(limits_.write_stall, 2 * keepalive_distance_);
    if (now - output_.waiting_since(now) > stall) {
      ending_ = stuck_ ? Ending::stuck : Ending::stalled;
    } else if (stuck_) {
      return;
    } else if (input_ended_) {
      probe_reader(now);
    } else if (inbox_.busy() && output_.pending_bytes() == 0 &&
               now - output_.written_at() >= limits_.heartbeat) {
      send_keepalive(0);
    }
  }

  /// After the end of input a replay wants all that is still to come, a disabled task wants us gone. The
  /// difference is whether the output is still read: a keepalive each tick, and the unread bytes must fall.
  void probe_reader(Clock::time_point now) {
    const int unread = output_.unread_bytes();
    if (unread == 0 || unread < last_unread_ || output_.take_progress()) fallen_at_ = now;
    last_unread_ = unread;
    if (now - fallen_at_ >= limits_.after_end_stall) {
      ending_ = Ending::unread;
    } else if (now - probed_at_ >= limits_.after_end_tick && !worker_.finished()) {
      probed_at_ = now;
      send_keepalive(0);
    }
  }

  bool wait_for_worker() {
    const auto give_up = Clock::now() + limits_.after_end_call;
    while (Clock::now() < give_up) {
      if (worker_.finished()) {
        worker_.join();
        return true;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
  }

  const int in_;
  const int stop_;
  Handler& handler_;
  Log& log_;
  Limits limits_;
  Inbox inbox_;
  Outbox outbox_;
  Output output_;
  const int wake_;
  Worker worker_;
  FrameCutter cutter_;
  std::optional<Ending> ending_;
  bool input_ended_ = false;
  bool abandoned_ = false;
  int last_unread_ = 0;
  std::chrono::milliseconds keepalive_distance_{0};
  std::optional<Clock::time_point> keepalive_at_;
  bool stuck_ = false;  ///< a call does not return; its sentence is on the way
  std::uint64_t seen_call_ = 0;
  Clock::time_point called_at_, fallen_at_, probed_at_;
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
