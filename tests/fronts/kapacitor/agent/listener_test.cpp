// Conversations are apart, whatever becomes of one, and of the machine.
#include "agent/listener.hpp"

#include <gtest/gtest.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>

#include "support/log_pipe.hpp"

namespace oddity::agent {
namespace {

namespace fs = std::filesystem;

class ListenerTest : public testing::Test {
 protected:
  ListenerTest()
      : path_(fs::temp_directory_path() / ("oddity-listener-" + std::to_string(::getpid()) + ".sock")),
        stop_(::eventfd(0, EFD_CLOEXEC)),
        listener_(path_, 0600, log_.log) {
    server_ = std::thread([this] { listener_.run(stop_, echo); });
  }
  ~ListenerTest() override {
    ::eventfd_write(stop_, 1);
    server_.join();
    ::close(stop_);
  }
  /// Sends back each byte, until the other side closes its end.
  static void echo(int connection) {
    for (char byte = 0; ::read(connection, &byte, 1) == 1;) {
      if (byte == '!') throw std::runtime_error("said");
      EXPECT_EQ(::write(connection, &byte, 1), 1);
    }
  }
  int connect() const {
    const int connection = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path_.string().copy(address.sun_path, sizeof address.sun_path - 1);
    EXPECT_EQ(::connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    const timeval patience{20, 0};
    ::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    return connection;
  }
  /// Whether a byte comes back.
  static bool answers(int connection) {
    char byte = 'x';
    return ::send(connection, &byte, 1, MSG_NOSIGNAL) == 1 && ::read(connection, &byte, 1) == 1;
  }
  static bool closed_by_the_other_side(int connection) {
    char byte = 0;
    return ::read(connection, &byte, 1) == 0;
  }

  fs::path path_;
  test::LogPipe log_;
  int stop_;
  Listener listener_;
  std::thread server_;
};

/// While it lives, no thread can be started: each would have a stack that no machine has room for.
class NoMoreThreads {
 public:
  NoMoreThreads() {
    ::pthread_getattr_default_np(&usual_);
    pthread_attr_t huge;
    ::pthread_getattr_default_np(&huge);
    EXPECT_EQ(::pthread_attr_setstacksize(&huge, std::size_t{1} << 50), 0);
    EXPECT_EQ(::pthread_setattr_default_np(&huge), 0);
    ::pthread_attr_destroy(&huge);
  }
  NoMoreThreads(const NoMoreThreads&) = delete;
  NoMoreThreads& operator=(const NoMoreThreads&) = delete;
  ~NoMoreThreads() {
    ::pthread_setattr_default_np(&usual_);
    ::pthread_attr_destroy(&usual_);
  }

 private:
  pthread_attr_t usual_;
};

TEST_F(ListenerTest, WhereNoThreadCanBeStartedTheConnectionIsClosedAndTheOthersGoOn) {
  const int before = connect();
  EXPECT_TRUE(answers(before));
  {
    const NoMoreThreads none;
    const int refused = connect();
    EXPECT_TRUE(closed_by_the_other_side(refused));
    ::close(refused);
  }
  EXPECT_TRUE(answers(before)) << "it goes on";
  const int after = connect();
  EXPECT_TRUE(answers(after)) << "and so does the server";
  ::close(before);
  ::close(after);
  const std::string log = log_.read();
  EXPECT_NE(log.find("a connection cannot be served: "), std::string::npos) << log;
}

TEST_F(ListenerTest, AnExceptionEndsItsConversationAlone) {
  const int good = connect(), bad = connect();
  EXPECT_TRUE(answers(good));
  EXPECT_EQ(::write(bad, "!", 1), 1);
  EXPECT_TRUE(closed_by_the_other_side(bad));
  EXPECT_TRUE(answers(good));
  ::close(good);
  ::close(bad);
}

}  // namespace
}  // namespace oddity::agent
