#include "agent/listener.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>

#include "base/error.hpp"

namespace oddity::agent {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, std::string expected, std::string found,
                       std::string hint = {}) {
  throw Error({fmt::format("option '--socket': '{}'", path.string()), std::move(expected), std::move(found),
               std::move(hint)});
}

sockaddr_un address_of(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string& text = path.native();
  if (text.empty() || text.size() >= sizeof address.sun_path)
    fail(path, fmt::format("a path of at most {} bytes", sizeof address.sun_path - 1),
         fmt::format("one of {}", text.size()));
  std::memcpy(address.sun_path, text.data(), text.size());
  return address;
}

const sockaddr* generic(const sockaddr_un& address) { return reinterpret_cast<const sockaddr*>(&address); }

int new_socket() { return ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0); }

/// A socket on which nobody listens was left behind by a process that could not remove it.
void remove_stale(const std::filesystem::path& path, const sockaddr_un& address) {
  struct stat present {};
  if (::lstat(path.c_str(), &present) != 0) return;
  if (!S_ISSOCK(present.st_mode)) fail(path, "a socket, or nothing yet", "a file of another kind");
  const int probe = new_socket();
  const bool answered = ::connect(probe, generic(address), sizeof address) == 0;
  const int why = errno;
  ::close(probe);
  if (answered) fail(path, "a socket that nobody serves", "one that is served", "another agent runs");
  if (why == ECONNREFUSED) ::unlink(path.c_str());
}

}  // namespace

Listener::Listener(std::filesystem::path path, mode_t mode, Log& log) : path_(std::move(path)), log_(log) {
  const sockaddr_un address = address_of(path_);
  remove_stale(path_, address);
  socket_ = new_socket();
  const mode_t mask = ::umask(0177);  // nobody else may connect before the mode is set
  const bool bound = ::bind(socket_, generic(address), sizeof address) == 0;
  const int why = errno;
  ::umask(mask);
  struct stat made {};
  if (!bound || ::chmod(path_.c_str(), mode) != 0 || ::listen(socket_, 64) != 0 ||
      ::stat(path_.c_str(), &made) != 0) {
    ::close(socket_);
    fail(path_, "a socket that can be made there", std::strerror(bound ? errno : why));
  }
  file_ = made.st_ino;
}

Listener::~Listener() {
  ::close(socket_);
  struct stat present {};
  if (::stat(path_.c_str(), &present) == 0 && present.st_ino == file_) ::unlink(path_.c_str());
}

bool Listener::run(int stop, const Serve& serve, std::chrono::milliseconds patience) {
  while (true) {
    std::array<pollfd, 2> polled{{{socket_, POLLIN, 0}, {stop, POLLIN, 0}}};
    ::poll(polled.data(), polled.size(), 1000);
    join_ended();
    if (polled[1].revents != 0) break;
    if (polled[0].revents != 0) accept(serve);
  }
  const auto give_up = std::chrono::steady_clock::now() + patience;
  while (!conversations_.empty() && std::chrono::steady_clock::now() < give_up) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    join_ended();
  }
  const bool all = conversations_.empty();
  for (Conversation& left : conversations_) left.thread.detach();
  return all;
}

void Listener::accept(const Serve& serve) {
  const int connection = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
  if (connection < 0) {
    if (errno == EINTR || errno == EAGAIN || errno == ECONNABORTED) return;
    // Most likely too many descriptors: the socket stays, and there is room when a conversation ends.
    log_.line("a connection cannot be accepted: {}", std::strerror(errno));
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    return;
  }
  try {
    start(connection, serve);
  } catch (const std::exception& failure) {
    // No thread or no memory for it: the other conversations go on, and this one is closed, which Kapacitor
    // reports as the task's error.
    ::close(connection);
    log_.line("a connection cannot be served: {}", failure.what());
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

void Listener::start(int connection, const Serve& serve) {
  std::list<Conversation> made(1);
  Conversation& conversation = made.front();
  conversation.thread =
      std::thread([this, connection, serve, &conversation] { hold(connection, serve, conversation); });
  conversations_.splice(conversations_.end(), made);
}

void Listener::hold(int connection, const Serve& serve, Conversation& conversation) {
  try {
    serve(connection);
  } catch (const std::exception& failure) {
    log_.line("a connection ended by an error: {}", failure.what());
  }
  ::close(connection);
  conversation.ended = true;
}

void Listener::join_ended() {
  conversations_.remove_if([](Conversation& conversation) {
    if (!conversation.ended) return false;
    conversation.thread.join();
    return true;
  });
}

}  // namespace oddity::agent
