// Socket mode: one process, many conversations, each by itself.
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <thread>

#include "agent.hpp"
#include "wire/frame.hpp"
#include "wire/varint.hpp"

namespace oddity::test {
namespace {

namespace fs = std::filesystem;

/// A connection as kapacitord's.
class Connection {
 public:
  explicit Connection(const fs::path& path) : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.string().copy(address.sun_path, sizeof address.sun_path - 1);
    const timeval patience{20, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    for (int tries = 0; tries < 400; ++tries) {  // kapacitord dials again, too
      if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    ADD_FAILURE() << "nobody serves " << path;
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { ::close(socket_); }

  void send(const udf::Request& request) const {
    std::string frame;
    wire::append_varint(frame, request.ByteSizeLong());
    request.AppendToString(&frame);
    send_bytes(frame);
  }
  void send_bytes(const std::string& bytes) const {
    EXPECT_EQ(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
  }
  void send_windows(int from, int to, double mean = 20) const {
    for (int i = from; i < to; ++i) {
      const Batch batch = batch_until(20 * (i + 1));
      const auto values = wave(i, 20, mean);
      send(begin_request(batch, 20));
      for (int row = 0; row < 20; ++row)
        send(point_request(batch, (20 * i + row) * second, {{"x", values[static_cast<std::size_t>(row)]}}));
      send(end_request(batch));
    }
  }
  void half_close() const { ::shutdown(socket_, SHUT_WR); }

  /// The next response but keepalives; std::nullopt: the other side has closed.
  std::optional<udf::Response> next() {
    while (true) {
      wire::Bytes rest = wire::as_bytes(bytes_);
      wire::Bytes frame;
      if (wire::take_frame(rest, frame) == wire::FrameOutcome::complete) {
        udf::Response response;
        EXPECT_TRUE(response.ParseFromArray(frame.data(), static_cast<int>(frame.size())));
        bytes_.erase(0, bytes_.size() - rest.size());
        if (response.has_keepalive()) continue;
        return response;
      }
      std::array<char, 65536> buffer;
      const ssize_t got = ::recv(socket_, buffer.data(), buffer.size(), 0);
      EXPECT_GE(got, 0) << "nothing came in time";
      if (got <= 0) return std::nullopt;
      bytes_.append(buffer.data(), static_cast<std::size_t>(got));
    }
  }

 private:
  int socket_;
  std::string bytes_;
};

/// Stops what serves, however a test ends.
struct Stop {
  void operator()(StandIn* server) const {
    if (server->running()) ::kill(server->id(), SIGTERM);
    delete server;
  }
};
using Server = std::unique_ptr<StandIn, Stop>;

class Socket : public testing::Test {
 protected:
  Socket() : path_(fs::temp_directory_path() / ("oddity-" + std::to_string(::getpid()) + ".sock")) {
    fs::remove(path_);
  }
  ~Socket() override { fs::remove(path_); }

  Server serve(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{"agent", "--socket", path_.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    Server server(new StandIn(ODDITY_PROGRAM, arguments));
    for (int tries = 0;
         tries < 1000 && server->running() && server->log().find("serving") == std::string::npos; ++tries)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return server;
  }
  static int stop(StandIn& server) {
    ::kill(server.id(), SIGTERM);
    return server.exit_code();
  }
  void initialise(Connection& connection) const {
    connection.send(usual_init());
    const auto answer = connection.next();
    EXPECT_TRUE(answer && answer->init().success());
  }
  fs::path path_;
};

TEST_F(Socket, AnswersInfoAndClosesAtTheHalfClose) {
  const auto server = serve();
  Connection connection(path_);
  connection.send(info_request());
  EXPECT_TRUE(connection.next()->has_info());
  connection.half_close();
  EXPECT_FALSE(connection.next()) << "kapacitord waits for our close without limit";
  EXPECT_EQ(stop(*server), 0);
  EXPECT_FALSE(fs::exists(path_)) << "the file goes with the server";
}

TEST_F(Socket, ConversationsAreApart) {
  const auto server = serve();
  Connection one(path_), two(path_);
  initialise(one);
  initialise(two);
  one.send_windows(0, 3);
  two.send_windows(0, 2, 500);
  one.half_close();
  two.half_close();
  int points = 0;
  while (const auto answer = one.next()) {
    EXPECT_NEAR(field_of(answer->point(), "expected"), 20, 1);
    ++points;
  }
  EXPECT_EQ(points, 2);
  EXPECT_NEAR(field_of(two.next()->point(), "expected"), 500, 1) << "another history";
  EXPECT_FALSE(two.next());
  EXPECT_EQ(stop(*server), 0);
}

TEST_F(Socket, AfterTheHalfCloseEverythingIsStillDelivered) {
  const auto server = serve();
  Connection connection(path_);
  initialise(connection);
  connection.send_windows(0, 200);
  connection.half_close();
  int points = 0;
  while (connection.next()) ++points;
  EXPECT_EQ(points, 199);
}

TEST_F(Socket, AFailedInitClosesItsConnectionAlone) {
  const auto server = serve();
  Connection good(path_), bad(path_);
  initialise(good);
  bad.send(Init().field("x").size(1).alpha(3));
  EXPECT_FALSE(bad.next()->init().success());
  EXPECT_FALSE(bad.next()) << "kapacitord would keep it for ever";
  good.send_windows(0, 2);
  EXPECT_TRUE(good.next()->has_point());
}

TEST_F(Socket, GarbageEndsItsConnectionAlone) {
  const auto server = serve();
  Connection good(path_), bad(path_);
  initialise(good);
  bad.send_bytes(std::string(64, '\xff'));
  EXPECT_TRUE(bad.next()->has_error());
  EXPECT_FALSE(bad.next());
  good.send_windows(0, 2);
  EXPECT_TRUE(good.next()->has_point());
}

TEST_F(Socket, AConnectionThatBreaksIsTheEndOfThatOne) {
  const auto server = serve();
  Connection good(path_);
  initialise(good);
  {
    Connection gone(path_);
    initialise(gone);
    gone.send_windows(0, 5);
  }
  good.send_windows(0, 2);
  EXPECT_TRUE(good.next()->has_point());
  EXPECT_EQ(stop(*server), 0);
}

TEST_F(Socket, TheModeIsAsAsked) {
  const auto server = serve({"--mode", "0666"});
  EXPECT_EQ(fs::status(path_).permissions(), static_cast<fs::perms>(0666));
}

TEST_F(Socket, AStaleFileIsReplaced) {
  {
    const auto server = serve();
    ::kill(server->id(), SIGKILL);
    server->exit_code();
  }
  ASSERT_TRUE(fs::exists(path_)) << "a killed process cannot remove it";
  const auto server = serve();
  Connection connection(path_);
  connection.send(info_request());
  EXPECT_TRUE(connection.next()->has_info());
}

TEST_F(Socket, ASocketThatIsServedIsNotTaken) {
  const auto server = serve();
  StandIn second_server(ODDITY_PROGRAM, {"agent", "--socket", path_.string()});
  EXPECT_EQ(second_server.exit_code(), 2);
  EXPECT_NE(second_server.log().find("expected a socket that nobody serves, got one that is served"),
            std::string::npos)
      << second_server.log();
  Connection connection(path_);
  connection.send(info_request());
  EXPECT_TRUE(connection.next()->has_info()) << "the first goes on";
}

TEST_F(Socket, AnotherFileIsNotTouched) {
  { std::ofstream(path_) << "somebody's"; }
  StandIn server(ODDITY_PROGRAM, {"agent", "--socket", path_.string()});
  EXPECT_EQ(server.exit_code(), 2);
  EXPECT_TRUE(fs::is_regular_file(path_));
}

TEST_F(Socket, AStopDeliversWhatCameBefore) {
  const auto server = serve();
  Connection connection(path_);
  initialise(connection);
  connection.send_windows(0, 5);
  EXPECT_TRUE(connection.next()->has_point());
  ::kill(server->id(), SIGTERM);
  int points = 1;
  while (connection.next()) ++points;
  EXPECT_GE(points, 1);
  EXPECT_EQ(server->exit_code(), 0);
}

}  // namespace
}  // namespace oddity::test
