#include "agent/exchange.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <thread>
#include <utility>

namespace oddity::agent {
namespace {

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

/// Whichever limit is the shortest has to be noticed in time; a poll takes no more milliseconds than an int holds.
std::chrono::milliseconds shortest(const Limits& limits) {
  using std::chrono::milliseconds;
  return std::max(milliseconds(1), std::min({limits.heartbeat / 2, limits.call / 2, limits.write_stall / 2,
                                             milliseconds(1000)}));
}

std::string seconds(std::chrono::milliseconds time) {
  return fmt::format("{} s", std::chrono::duration<double>(time).count());
}

}  // namespace

Exchange::Exchange(int in, int out, int stop, int wake, Handler& handler, Log& log, const Limits& limits)
    : in_(in),
      stop_(stop),
      wake_(wake),
      handler_(handler),
      log_(log),
      limits_(limits),
      tick_(shortest(limits)),
      inbox_(inbox_bytes(in, limits)),
      outbox_(limits.outbox_bytes),
      output_(out),
      worker_(handler, outbox_) {
  never_block(in_);
  never_block(out);
}

void Exchange::turn(Wait wait, bool at_work) {
  if (worker_.take_init()) adopt_limits();
  output_.take(outbox_);
  const Clock::time_point now = Clock::now();
  check_call(now);
  check_clocks(now, at_work);
  if (ending_ || finish_if_done(at_work)) return;

  std::array<pollfd, 4> polled{};
  polled[0] = {input_ended_ || !inbox_.has_room() ? -1 : in_, POLLIN, 0};
  polled[1] = {output_.pending_bytes() == 0 ? -1 : output_.descriptor(), POLLOUT, 0};
  polled[2] = {wake_, POLLIN, 0};
  polled[3] = {input_ended_ ? -1 : stop_, POLLIN, 0};
  const auto most = wait == Wait::no ? std::chrono::milliseconds(0) : patience(at_work);
  if (::poll(polled.data(), polled.size(), static_cast<int>(most.count())) < 0) return;  // EINTR: once more
  if (polled[2].revents != 0) clear_wake();
  if (polled[1].revents != 0) write();
  if (polled[3].revents != 0) end_input();
  if (polled[0].revents != 0) read_some();
}

void Exchange::write_answers() {
  output_.take(outbox_);
  write();
}

void Exchange::pause() {
  if (std::exchange(found_little_, false) && limits_.nap.count() != 0)
    std::this_thread::sleep_for(limits_.nap);
}

std::chrono::milliseconds Exchange::patience(bool at_work) const {
  if (input_ended_) return limits_.after_end_tick;
  const bool idle = !at_work && !inbox_.busy() && output_.pending_bytes() == 0;
  return idle ? std::chrono::milliseconds(-1) : tick();
}

void Exchange::clear_wake() const {
  eventfd_t count = 0;
  ::eventfd_read(wake_, &count);
}

Exchange::Found Exchange::read_once() {
  const ssize_t got = ::read(in_, cutter_.room(), cutter_.room_bytes());
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return Found::little;
  if (got <= 0) return Found::end;
  const bool good =
      cutter_.take(static_cast<std::size_t>(got), [this](wire::Bytes body) { answer_keepalive(body); });
  if (!good) return Found::no_frames;
  return static_cast<std::size_t>(got) < FrameCutter::read_bytes ? Found::little : Found::much;
}

/// Reads until there is little left, and hands all of it on at once.
void Exchange::read_some() {
  Found found = Found::much;
  while (found == Found::much && !cutter_.is_full()) found = read_once();
  cutter_.hand_on(inbox_);
  if (found == Found::end) return end_input();
  if (found == Found::no_frames) return break_off();
  found_little_ = found == Found::little;
}

void Exchange::answer_keepalive(wire::Bytes body) {
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

void Exchange::send_keepalive(std::int64_t time) {
  wire::Responses alive;
  alive.keepalive(time);
  outbox_.put_now(alive.frames());
}

void Exchange::end_input() {
  if (input_ended_) return;
  if (cutter_.pending_bytes() != 0)
    log_.line("the input ended inside a frame: {} bytes dropped", cutter_.pending_bytes());
  input_ended_ = true;
  fallen_at_ = probed_at_ = Clock::now();
}

void Exchange::break_off() {
  log_.line("the input is not a stream of frames: impossible length; leaving");
  wire::Responses last;
  last.error("oddity: the input is not a stream of frames");
  outbox_.put_now(last.frames());
  output_.take(outbox_);
  write();
  ending_ = Ending::broken_input;
}

void Exchange::write() {
  if (!output_.write()) ending_ = Ending::reader_gone;
}

/// All that will ever be worked on is done.
bool Exchange::finished(bool at_work) const noexcept {
  return !at_work && (worker_.failed() || (input_ended_ && !inbox_.busy()));
}

/// The answers of a failed Init are written before we leave, and the end of all work ends the session.
bool Exchange::finish_if_done(bool at_work) {
  if (!finished(at_work) && !stuck_) return false;
  output_.take(outbox_);
  write();
  if (ending_) return true;
  if (output_.pending_bytes() != 0 || !outbox_.empty()) return false;
  ending_ = stuck_ ? Ending::stuck : worker_.failed() ? Ending::failed : Ending::delivered;
  return true;
}

void Exchange::adopt_limits() {
  limits_ = handler_.limits(limits_);
  tick_ = shortest(limits_);
  inbox_.set_most_bytes(inbox_bytes(in_, limits_));
  outbox_.set_most_bytes(limits_.outbox_bytes);
}

/// Heartbeats make Kapacitor believe that a call which never returns is alive, so the limit has to be here.
/// Its sentence becomes the task's error.
void Exchange::check_call(Clock::time_point now) {
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

void Exchange::check_clocks(Clock::time_point now, bool at_work) {
  const auto stall = std::max<std::chrono::milliseconds>(limits_.write_stall, 2 * keepalive_distance_);
  if (now - output_.waiting_since(now) > stall) {
    ending_ = stuck_ ? Ending::stuck : Ending::stalled;
  } else if (stuck_) {
    return;
  } else if (input_ended_) {
    probe_reader(now, at_work);
  } else if ((at_work || inbox_.busy()) && output_.pending_bytes() == 0 &&
             now - output_.written_at() >= limits_.heartbeat) {
    send_keepalive(0);
  }
}

/// After the end of input a replay wants all that is still to come, a disabled task wants us gone. The
/// difference is whether the output is still read: a keepalive each tick, and the unread bytes must fall.
void Exchange::probe_reader(Clock::time_point now, bool at_work) {
  const int unread = output_.unread_bytes();
  if (unread == 0 || unread < last_unread_ || output_.take_progress()) fallen_at_ = now;
  last_unread_ = unread;
  if (now - fallen_at_ >= limits_.after_end_stall) {
    ending_ = Ending::unread;
  } else if (now - probed_at_ >= limits_.after_end_tick && !finished(at_work)) {
    probed_at_ = now;
    send_keepalive(0);
  }
}

}  // namespace oddity::agent
