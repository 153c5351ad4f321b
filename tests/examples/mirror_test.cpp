// The sequences of Kapacitor's own tests of its half of the protocol, played to an agent: start, info, init,
// keepalives, snapshot and restore, stop and abort, and a point and a batch that come back as they went.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <vector>

#include "standin/standin.hpp"
#include "support/recording.hpp"
#include "wire/frame.hpp"
#include "wire/request.hpp"

namespace oddity::test {
namespace {

constexpr std::int64_t start_of_1971 = 31'536'000'000'000'000;

class Mirror : public StandIn {
 public:
  explicit Mirror(Output output = Output::read) : StandIn(ODDITY_EXAMPLES "mirror", {}, output) {}
  void init() {
    send(Init().ids("testTask", "testNode"));
    const auto answer = next();
    ASSERT_TRUE(answer && answer->has_init());
    EXPECT_TRUE(answer->init().success());
  }
};

TEST(Mirror, StartAndStop) {
  Mirror mirror;
  mirror.close_input();
  EXPECT_TRUE(mirror.rest().empty()) << "not a response without a request, but for signs of life";
  EXPECT_EQ(mirror.exit_code(), 0);
}

TEST(Mirror, StartInitStop) {
  Mirror mirror;
  mirror.init();
  mirror.close_input();
  EXPECT_EQ(mirror.exit_code(), 0);
}

TEST(Mirror, StartInitAbort) {
  Mirror mirror(StandIn::Output::unread);
  mirror.send(Init());
  mirror.close_input();
  EXPECT_EQ(mirror.exit_code(), 0);
}

TEST(Mirror, StartInfoStop) {
  Mirror mirror;
  mirror.send(info_request());
  const auto answer = mirror.next();
  ASSERT_TRUE(answer && answer->has_info());
  EXPECT_EQ(answer->info().wants(), udf::STREAM);
  EXPECT_EQ(answer->info().provides(), udf::STREAM);
  mirror.close_input();
  EXPECT_EQ(mirror.exit_code(), 0);
}

TEST(Mirror, StartInfoAbort) {
  Mirror mirror(StandIn::Output::unread);
  mirror.send(info_request());
  mirror.close_input();
  EXPECT_EQ(mirror.exit_code(), 0);
}

TEST(Mirror, AKeepaliveIsAnsweredAndSoAreTenThousand) {
  Mirror mirror;
  mirror.init();
  std::string many;
  for (int i = 0; i < 10'001; ++i) many += frame(keepalive_request(42));
  mirror.send_bytes(many);
  for (int i = 0; i < 10'001; ++i) {
    const auto answer = mirror.next(std::chrono::seconds(20), true);
    ASSERT_TRUE(answer && answer->has_keepalive()) << i;
    ASSERT_EQ(answer->keepalive().time(), 42);
  }
}

TEST(Mirror, AKeepaliveIsAnsweredBeforeInfoAndBeforeInit) {
  Mirror mirror;
  mirror.send(keepalive_request(1));
  mirror.send(info_request());
  mirror.send(keepalive_request(2));
  EXPECT_TRUE(mirror.next(std::chrono::seconds(20), true).has_value());
  mirror.close_input();
  int keepalives = 0;
  while (const auto answer = mirror.next(std::chrono::seconds(20), true))
    keepalives += answer->has_keepalive();
  EXPECT_GE(keepalives, 1);
}

TEST(Mirror, AnySnapshotIsRestored) {
  Mirror mirror;
  mirror.init();
  mirror.send(snapshot_request());
  const auto snapshot = mirror.next();
  ASSERT_TRUE(snapshot && snapshot->has_snapshot());
  EXPECT_EQ(snapshot->snapshot().snapshot(), "") << "nothing to keep: Kapacitor stores nothing";
  mirror.send(restore_request(std::string(1, 42)));
  const auto restored = mirror.next();
  ASSERT_TRUE(restored && restored->has_restore());
  EXPECT_TRUE(restored->restore().success());
}

/// What the mirror gave back, byte for byte, keepalives left out.
std::vector<std::string> frames_of(const std::string& stream, bool responses) {
  std::vector<std::string> all;
  wire::Bytes rest = wire::as_bytes(stream);
  wire::Bytes one;
  std::string storage;
  while (wire::take_frame(rest, one) == wire::FrameOutcome::complete) {
    const auto kind = wire::read_request(one, storage).kind;  // data have the same numbers both ways
    if (kind == wire::RequestKind::begin || kind == wire::RequestKind::point ||
        kind == wire::RequestKind::end)
      all.emplace_back(wire::as_text(one));
  }
  EXPECT_TRUE(rest.empty()) << (responses ? "the mirror's" : "our") << " frames are whole";
  return all;
}

void expect_same_bytes(const std::string& requests) {
  Mirror mirror;
  mirror.init();
  mirror.send_bytes(requests);
  mirror.close_input();
  mirror.rest();
  EXPECT_EQ(mirror.exit_code(), 0) << mirror.log();
  const auto sent = frames_of(requests, false);
  EXPECT_FALSE(sent.empty());
  EXPECT_EQ(frames_of(mirror.output(), true), sent);
}

TEST(Mirror, APointComesBackByteForByte) {
  udf::Request request =
      point_request({"test", "", {{"t1", "v1"}, {"t2", "v2"}}}, start_of_1971, {{"f1", 1.0}, {"f2", 2.0}});
  request.mutable_point()->set_name("test");
  request.mutable_point()->set_database("db");
  request.mutable_point()->set_retentionpolicy("rp");
  expect_same_bytes(frame(request));
}

TEST(Mirror, ABatchComesBackByteForByteWithItsSize) {
  const Batch batch{"test", "t1=v1", {{"t1", "v1"}}, false, start_of_1971};
  udf::Request point = point_request(batch, start_of_1971, {{"f1", 1.0}, {"f2", 2.0}});
  auto& integer = *point.mutable_point()->add_fieldsint();
  integer.set_key("f3");
  integer.set_value(1);
  auto& text = *point.mutable_point()->add_fieldsstring();
  text.set_key("f4");
  text.set_value("str");
  auto& flag = *point.mutable_point()->add_fieldsbool();
  flag.set_key("f5");
  flag.set_value(true);
  expect_same_bytes(frame(begin_request(batch, 1)) + frame(point) + frame(end_request(batch)));
}

TEST(Mirror, AnEmptyBatchComesBack) {
  const Batch batch{"test", "", {}, true, start_of_1971};
  expect_same_bytes(frame(begin_request(batch, 0)) + frame(end_request(batch)));
}

/// As Go encodes them: maps in a random order, zeros written out.
TEST(Mirror, WhatARealKapacitordSentComesBackByteForByte) {
  for (const char* name : {"ungrouped", "by_printer_and_name", "ungrouped_restored"}) {
    Mirror mirror;
    const std::string requests = recorded(name);
    mirror.send_bytes(requests);
    mirror.close_input();
    mirror.rest();
    EXPECT_EQ(mirror.exit_code(), 0);
    EXPECT_EQ(frames_of(mirror.output(), true), frames_of(requests, false)) << name;
  }
}

TEST(Mirror, ASizeThatWouldPanicComesBackAsUnknown) {
  const Batch batch{"test", "", {}, false, 1};
  for (const std::int64_t size : {std::int64_t{-1}, std::int64_t{1} << 40}) {
    Mirror mirror;
    mirror.init();
    mirror.send(begin_request(batch, size));
    mirror.send(end_request(batch));
    const auto answer = mirror.next();
    ASSERT_TRUE(answer && answer->has_begin());
    EXPECT_EQ(answer->begin().size(), 0);
    EXPECT_TRUE(mirror.next()->has_end());
  }
}

TEST(Mirror, AnEndWithoutABeginIsNotMirrored) {
  Mirror mirror;
  mirror.init();
  mirror.send(end_request({}));
  mirror.send(point_request({}, 7, {{"x", 1}}));
  const auto answer = mirror.next();
  ASSERT_TRUE(answer && answer->has_point()) << "the point, and no end before it";
}

TEST(Mirror, NanAndBytesThatAreNoUtf8ComeBackClean) {
  Mirror mirror;
  mirror.init();
  udf::Request request = point_request({"", "g\xff", {}}, 7, {{"nan", std::nan("")}, {"x", 1}});
  mirror.send(request);
  const auto answer = mirror.next();
  ASSERT_TRUE(answer && answer->has_point());
  EXPECT_EQ(answer->point().fieldsdouble_size(), 1);
  EXPECT_EQ(answer->point().group(), "g\xef\xbf\xbd");
}

TEST(Mirror, ArgumentsThatItDoesNotKnowAreSaid) {
  StandIn mirror(ODDITY_EXAMPLES "mirror", {"--sockte", "x"});
  EXPECT_EQ(mirror.exit_code(), 2);
  EXPECT_NE(mirror.log().find("usage: "), std::string::npos);
}

/// One connection to an agent that serves a socket.
class Connection {
 public:
  explicit Connection(const std::string& path) : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    for (int tries = 0; tries < 2000; ++tries) {
      if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return;
      ::usleep(5000);  // as Kapacitor does: it is not there yet
    }
    ADD_FAILURE() << "nobody listens at " << path;
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { ::close(socket_); }
  void send(const std::string& bytes) const {
    EXPECT_EQ(::write(socket_, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  }
  /// The end of input is a half close; the agent has to close as well.
  std::string rest() const {
    ::shutdown(socket_, SHUT_WR);
    std::string all;
    std::array<char, 4096> buffer;
    for (ssize_t got = 0; (got = ::read(socket_, buffer.data(), buffer.size())) > 0;)
      all.append(buffer.data(), static_cast<std::size_t>(got));
    return all;
  }

 private:
  int socket_;
};

TEST(Mirror, ASocketServesSeveralUsesAtOnce) {
  const auto path = std::filesystem::temp_directory_path() / ("mirror-" + std::to_string(::getpid()));
  StandIn mirror(ODDITY_EXAMPLES "mirror", {"--socket", path.string()});
  const std::string point = frame(point_request({"", "g", {}}, 7, {{"x", 1}}));
  {
    const Connection info(path), first(path), second(path);
    first.send(frame(Init()) + point);
    second.send(frame(Init()) + point + point);
    info.send(frame(info_request()));
    EXPECT_EQ(info.rest(), std::string("\x02\x0a\x00", 3));
    EXPECT_EQ(frames_of(second.rest(), true).size(), 2u);
    EXPECT_EQ(frames_of(first.rest(), true).size(), 1u);
  }
  ::kill(mirror.id(), SIGTERM);
  EXPECT_EQ(mirror.exit_code(), 0) << mirror.log();
  EXPECT_FALSE(std::filesystem::exists(path)) << "the file goes with the process";
}

}  // namespace
}  // namespace oddity::test
