// Time and silence: heartbeats, back-pressure, the ways to end. Limits are
// shortened; no test asserts a duration.
#include "agent/session.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "echo.hpp"
#include "standin/standin.hpp"
#include "support/log_pipe.hpp"
#include "wire/frame.hpp"

namespace oddity::agent {
namespace {

using std::chrono::milliseconds;

Limits short_limits() {
  Limits limits;
  limits.heartbeat = milliseconds(20);
  limits.after_end_tick = milliseconds(10);
  limits.after_end_stall = milliseconds(150);
  limits.after_end_call = milliseconds(100);
  limits.write_stall = milliseconds(300);
  return limits;
}

/// A session on a thread of its own, between two pipes.
class Conversation {
 public:
  explicit Conversation(const Limits& limits = short_limits()) {
    ::signal(SIGPIPE, SIG_IGN);
    EXPECT_EQ(::pipe2(to_.data(), O_CLOEXEC), 0);
    EXPECT_EQ(::pipe2(from_.data(), O_CLOEXEC), 0);
    session_.emplace(to_[0], from_[1], -1, echo, log.log, limits);
    thread_ = std::thread([this] {
      ending_ = session_->run();
      ::close(to_[0]);  // as the end of the process would
      ::close(from_[1]);
    });
  }
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;
  ~Conversation() {
    if (thread_.joinable()) ending();
    ::close(from_[0]);
  }
  void send(const udf::Request& request) {
    std::string frame;
    wire::append_varint(frame, request.ByteSizeLong());
    request.AppendToString(&frame);
    for (std::size_t at = 0; at < frame.size();) {
      const ssize_t wrote = ::write(to_[1], frame.data() + at, frame.size() - at);
      if (wrote < 0) return;  // the session has left
      at += static_cast<std::size_t>(wrote);
    }
  }
  void point(const char* name, std::int64_t time = 0) { send(point_named(name, time)); }
  static udf::Request point_named(const char* name, std::int64_t time = 0) {
    test::Batch batch;
    udf::Request request = test::point_request(batch, time, {{"x", 1.0}});
    request.mutable_point()->set_name(name);
    return request;
  }
  /// What the pipe to the reader holds.
  std::size_t pipe_bytes() const { return static_cast<std::size_t>(::fcntl(from_[0], F_GETPIPE_SZ)); }
  void close_input() {
    if (to_[1] >= 0) ::close(to_[1]);
    to_[1] = -1;
  }
  /// Reads until the session closes its end; how many of each kind came. A slow reader takes at most
  /// `portion` bytes at once, and a pause before each.
  std::pair<int, int> read_points_and_keepalives(milliseconds pause = milliseconds(0),
                                                 std::size_t portion = 65536) {
    std::pair<int, int> counts{0, 0};
    for (const udf::Response& response : read_all(pause, portion)) {
      counts.first += response.has_point() ? 1 : 0;
      counts.second += response.has_keepalive() ? 1 : 0;
    }
    return counts;
  }
  std::vector<std::string> read_errors() {
    std::vector<std::string> errors;
    for (const udf::Response& response : read_all()) {
      if (response.has_error()) errors.push_back(response.error().error());
    }
    return errors;
  }
  /// Everything until the session closes its end.
  std::vector<udf::Response> read_all(milliseconds pause = milliseconds(0), std::size_t portion = 65536) {
    std::string bytes;
    std::array<char, 65536> buffer;
    std::this_thread::sleep_for(pause);
    for (ssize_t got = 0; (got = ::read(from_[0], buffer.data(), portion)) > 0;
         std::this_thread::sleep_for(pause))
      bytes.append(buffer.data(), static_cast<std::size_t>(got));
    std::vector<udf::Response> responses;
    wire::Bytes rest = wire::as_bytes(bytes);
    wire::Bytes frame;
    while (wire::take_frame(rest, frame) == wire::FrameOutcome::complete) {
      EXPECT_TRUE(responses.emplace_back().ParseFromArray(frame.data(), static_cast<int>(frame.size())));
    }
    EXPECT_TRUE(rest.empty()) << "whole frames only";
    return responses;
  }
  /// From here on the output's pipe holds a page.
  void narrow_the_pipe() const { EXPECT_GE(::fcntl(from_[0], F_SETPIPE_SZ, 4096), 4096); }
  void close_reader() {
    ::close(from_[0]);
    from_[0] = -1;
  }
  Ending ending() {
    close_input();
    return ending_by_itself();
  }
  Ending ending_by_itself() {
    thread_.join();
    return ending_;
  }
  bool worker_runs() const { return session_->worker_runs(); }

  test::LogPipe log;
  test::Echo echo;

 private:
  std::array<int, 2> to_{}, from_{};
  std::optional<Session> session_;
  std::thread thread_;
  Ending ending_{};
};

TEST(Session, ALongCallIsAccompaniedByHeartbeats) {
  Conversation conversation;
  conversation.point("sleep", 300'000'000);
  std::this_thread::sleep_for(milliseconds(350));
  conversation.close_input();
  const auto [points, keepalives] = conversation.read_points_and_keepalives();
  EXPECT_EQ(points, 1);
  EXPECT_GE(keepalives, 3);
  EXPECT_EQ(conversation.ending(), Ending::delivered);
}

TEST(Session, ACallThatDoesNotReturnIsTheTasksError) {
  Limits limits = short_limits();
  limits.call = milliseconds(200);
  // The handler outlives the session's thread on purpose: it is still inside.
  auto* const conversation = new Conversation(limits);
  conversation->point("sleep", 60'000'000'000);
  EXPECT_EQ(conversation->read_errors(),
            std::vector<std::string>{
                "oddity: detector 'echo' did not return within 0.2 s (task 't', node 'n', group 'g')"});
  EXPECT_EQ(conversation->ending(), Ending::stuck);
  EXPECT_TRUE(conversation->worker_runs());
}

TEST(Session, ManyCallsThatReturnAreNoLongCall) {
  Limits limits = short_limits();
  limits.call = milliseconds(200);
  Conversation conversation(limits);
  for (int i = 0; i < 8; ++i) conversation.point("sleep", 60'000'000);
  conversation.close_input();
  EXPECT_EQ(conversation.read_points_and_keepalives().first, 8);
  EXPECT_EQ(conversation.ending(), Ending::delivered);
}

TEST(Session, ALimitThatTheInitBroughtCounts) {
  auto* const conversation = new Conversation;
  conversation->echo.call_limit = milliseconds(150);
  conversation->send(test::Init());
  conversation->point("sleep", 60'000'000'000);
  EXPECT_EQ(conversation->ending_by_itself(), Ending::stuck);
}

TEST(Session, AnIdleSessionIsSilent) {
  Conversation conversation;
  std::this_thread::sleep_for(milliseconds(200));
  conversation.close_input();
  EXPECT_EQ(conversation.read_points_and_keepalives().second, 0);
}

TEST(Session, KeepalivesAreAnsweredWhileACallRuns) {
  Limits limits = short_limits();
  limits.heartbeat = std::chrono::hours(1);  // so that what comes is an answer
  Conversation conversation(limits);
  conversation.point("sleep", 200'000'000);
  conversation.send(test::keepalive_request(5));
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_EQ(conversation.echo.points, 0) << "the call still runs";
  conversation.send(test::keepalive_request(6));
  std::this_thread::sleep_for(milliseconds(150));
  conversation.close_input();
  EXPECT_GE(conversation.read_points_and_keepalives().second, 2);
}

TEST(Session, AtTheEndAReaderGetsAllThatIsStillToCome) {
  Conversation conversation;
  for (int i = 0; i < 5; ++i) conversation.point("sleep", 60'000'000);
  conversation.close_input();
  EXPECT_EQ(conversation.read_points_and_keepalives().first, 5) << "work goes on as long as somebody reads";
  EXPECT_EQ(conversation.ending(), Ending::delivered);
}

/// The pipe is full after each of its reads, since there is always more to be written: that somebody reads
/// shows only in what could be written.
TEST(Session, AtTheEndAReaderThatIsSlowGetsAllAlthoughThePipeIsAlwaysFull) {
  Limits limits = short_limits();
  Conversation conversation(limits);
  conversation.narrow_the_pipe();
  constexpr int points = 1500;  // some 60 kB, fifteen of such pipes
  for (int i = 0; i < points; ++i) conversation.point("m");
  while (conversation.echo.points < points) std::this_thread::sleep_for(milliseconds(5));
  conversation.close_input();
  EXPECT_EQ(conversation.read_points_and_keepalives(limits.after_end_stall * 2 / 3).first, points);
  EXPECT_EQ(conversation.ending(), Ending::delivered);
}

/// And where all is in the pipe, only in how much is left there.
TEST(Session, AtTheEndAReaderThatIsSlowGetsAllThatIsInThePipe) {
  Limits limits = short_limits();
  Conversation conversation(limits);
  for (int i = 0; i < 200; ++i) conversation.point("m");
  while (conversation.echo.points < 200) std::this_thread::sleep_for(milliseconds(5));
  std::this_thread::sleep_for(milliseconds(50));  // until they are in the pipe
  conversation.point("sleep", 1'500'000'000);
  conversation.close_input();
  EXPECT_EQ(conversation.read_points_and_keepalives(limits.after_end_stall * 2 / 3, 600).first, 201);
  EXPECT_EQ(conversation.ending(), Ending::delivered);
}

/// Signs of life would otherwise always be one ahead of what was written.
TEST(Session, AtTheEndAReaderThatBeginsLateGetsAllAndTheEnd) {
  Limits limits = short_limits();
  limits.after_end_tick = milliseconds(0);  // a sign of life with each turn
  Conversation conversation(limits);
  conversation.narrow_the_pipe();
  constexpr int points = 500;  // five of such pipes
  for (int i = 0; i < points; ++i) conversation.point("m");
  while (conversation.echo.points < points) std::this_thread::sleep_for(milliseconds(5));
  conversation.close_input();
  std::this_thread::sleep_for(milliseconds(60));
  EXPECT_EQ(conversation.read_points_and_keepalives().first, points);
  EXPECT_EQ(conversation.ending(), Ending::delivered);
}

TEST(Session, AtTheEndWithoutAReaderItLeaves) {
  Conversation conversation;
  for (int i = 0; i < 20; ++i) conversation.point("sleep", 60'000'000);
  EXPECT_EQ(conversation.ending(), Ending::unread);
  EXPECT_LT(conversation.echo.points, 20) << "not all was worked off";
}

TEST(Session, ACallThatDoesNotReturnAfterTheEndIsLeftBehind) {
  // The handler outlives the session's thread on purpose: it is still inside.
  auto* const conversation = new Conversation;
  conversation->point("sleep", 60'000'000'000);
  EXPECT_EQ(conversation->ending(), Ending::unread);
  EXPECT_TRUE(conversation->worker_runs());
}

TEST(Session, InputIsReadWhileOutputStandsStillUntilTheInboxIsFull) {
  Limits limits = short_limits();
  limits.outbox_bytes = 100'000;
  Conversation conversation(limits);
  std::thread kapacitor([&] {  // two megabytes: more than both pipes and the outbox hold
    for (int i = 0; i < 50'000; ++i) conversation.point("m");
    conversation.close_input();
  });
  kapacitor.join();  // would hang for ever if input were not taken
  EXPECT_NE(conversation.ending(), Ending::delivered);
}

TEST(Session, OutputThatNobodyTakesForLongEndsIt) {
  Limits limits = short_limits();
  limits.outbox_bytes = 1000;
  limits.inbox_bytes = 100'000;
  Conversation conversation(limits);
  std::thread kapacitor([&] {
    for (int i = 0; i < 50'000; ++i) conversation.point("m");
  });
  kapacitor.join();  // ends with EPIPE once the session has left
  EXPECT_EQ(conversation.ending(), Ending::stalled);
}

/// The handler's answers are counted: what it was asked for beyond the bounds
/// would have to be held somewhere.
TEST(Session, WhatNobodyReadsIsHeldWithinTheBounds) {
  Limits limits = short_limits();
  limits.outbox_bytes = 100'000;
  limits.inbox_bytes = 100'000;
  Conversation conversation(limits);
  constexpr int sent = 200'000;
  std::thread kapacitor([&] {
    for (int i = 0; i < sent; ++i) conversation.point("m");
  });
  kapacitor.join();
  EXPECT_EQ(conversation.ending(), Ending::stalled);
  wire::Responses one;
  one.point(Conversation::point_named("m").point());
  // Of the outbox, of what the writer has taken, and of what the worker is about to put:
  // two bounds and a portion each.
  constexpr std::size_t portions = 3 * 65'536;
  const std::size_t answered = static_cast<std::size_t>(conversation.echo.points) * one.frames().size();
  EXPECT_GT(answered, limits.outbox_bytes);
  EXPECT_LE(answered, 2 * limits.outbox_bytes + conversation.pipe_bytes() + portions);
}

TEST(Session, AReaderThatGoesAwayEndsIt) {
  Conversation conversation;
  conversation.close_reader();
  for (int i = 0; i < 10; ++i) conversation.point("m");
  EXPECT_EQ(conversation.ending(), Ending::reader_gone);
}

TEST(Session, AnExceptionOfTheHandlerIsSaidAndEndsIt) {
  Conversation conversation;
  conversation.point("throw");
  EXPECT_EQ(conversation.read_points_and_keepalives().first, 0);
  EXPECT_EQ(conversation.ending(), Ending::failed);
}

TEST(Session, ASocketServesBothDirections) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
  test::Echo echo;
  test::LogPipe log;
  Limits limits = short_limits();
  limits.heartbeat = limits.after_end_tick = std::chrono::hours(1);  // so that the answer comes first
  Session session(ends[0], ends[0], -1, echo, log.log, limits);
  std::thread thread([&] {
    EXPECT_EQ(session.run(), Ending::delivered);
    ::close(ends[0]);
  });
  const std::string frame("\x02\x0a\x00", 3);  // info
  EXPECT_EQ(::write(ends[1], frame.data(), frame.size()), 3);
  ::shutdown(ends[1], SHUT_WR);
  std::array<char, 64> answer{};
  std::size_t size = 0;
  for (ssize_t got = 0; (got = ::read(ends[1], answer.data() + size, answer.size() - size)) > 0;)
    size += static_cast<std::size_t>(got);
  EXPECT_EQ(std::string(answer.data(), 3), std::string("\x02\x0a\x00", 3));
  thread.join();
  ::close(ends[1]);
}

}  // namespace
}  // namespace oddity::agent
