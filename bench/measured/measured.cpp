#include "measured/measured.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace oddity::bench {
namespace {

void write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(descriptor, bytes.data(), bytes.size());
    if (wrote < 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
}

/// As udf/agent/io.go writes: the length, then the body.
void write_as_kapacitor(int descriptor, const Stream& stream) {
  for (std::size_t i = 0; i < stream.frames.size(); ++i) {
    const std::size_t begin = stream.frames[i];
    const std::size_t end = i + 1 < stream.frames.size() ? stream.frames[i + 1] : stream.bytes.size();
    std::size_t body = begin;
    while ((static_cast<unsigned char>(stream.bytes[body]) & 0x80) != 0) ++body;
    ++body;
    write_all(descriptor, std::string_view(stream.bytes).substr(begin, body - begin));
    write_all(descriptor, std::string_view(stream.bytes).substr(body, end - body));
  }
}

}  // namespace

double measure(const std::vector<std::string>& command, const Stream& stream, const std::string& file,
               Feed feed) {
  ::signal(SIGPIPE, SIG_IGN);
  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  std::array<int, 2> ends{-1, -1};
  if (feed == Feed::file) {
    ends[0] = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  } else if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw std::runtime_error("no pipe");
  }
  const pid_t child = ::fork();
  if (child == 0) {
    const int nothing = ::open("/dev/null", O_RDWR);
    ::dup2(ends[0], 0);
    ::dup2(nothing, 1);
    ::dup2(nothing, 2);
    ::execv(words[0], words.data());
    ::_exit(127);
  }
  ::close(ends[0]);
  if (feed == Feed::pipe) {
    write_as_kapacitor(ends[1], stream);
    ::close(ends[1]);
  }
  int status = 0;
  rusage used{};
  ::wait4(child, &status, 0, &used);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw std::runtime_error(command[0] + " failed");
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

}  // namespace oddity::bench
