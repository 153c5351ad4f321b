// A unix socket that serves many conversations at once, each on a thread of its own.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <list>
#include <thread>

#include "base/log.hpp"

namespace oddity::agent {

/// Kapacitor dials the socket once to ask for Info, and once for each use of the function in a task.
///
/// 1. Listener listener(path, mode, log);  the file is there, and can be connected to by whom `mode` allows
/// 2. listener.run(stop, serve);           until `stop` becomes readable and all conversations have ended
/// 3. The destructor removes the file.
class Listener {
 public:
  /// `mode`: permissions of the socket's file, such as 0660; who connects needs to write to it. A file that a
  /// process left behind is replaced. Throws oddity::Error: somebody serves it already, or something else is
  /// there, or it cannot be made.
  Listener(std::filesystem::path path, mode_t mode, Log& log);
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener();

  /// Holds one conversation on `connection`, which is closed after it has returned. An
  /// exception ends that conversation alone.
  using Serve = std::function<void(int connection)>;

  /// `stop`: nobody may read from it, so that the conversations see it too. False: some conversation had not
  /// ended `patience` after the stop; the process has to be left by _exit.
  bool run(int stop, const Serve& serve, std::chrono::milliseconds patience = std::chrono::seconds(10));

 private:
  struct Conversation {
    std::thread thread;
    std::atomic<bool> ended{false};
  };
  void accept(const Serve& serve);
  void start(int connection, const Serve& serve);
  void hold(int connection, const Serve& serve, Conversation& conversation);
  void join_ended();

  std::filesystem::path path_;
  Log& log_;
  int socket_ = -1;
  ino_t file_ = 0;
  std::list<Conversation> conversations_;
};

}  // namespace oddity::agent
