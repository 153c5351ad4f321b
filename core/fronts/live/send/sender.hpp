// Delivers results to a database that takes line protocol over HTTP.
#pragma once

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include "base/log.hpp"
#include "base/rate_limit.hpp"
#include "journal/folder.hpp"
#include "keeper/outlet.hpp"
#include "send/result_queue.hpp"

namespace oddity::live {

/// Where results go.
struct Destination {
  std::string server;    ///< "http://127.0.0.1:8086"
  std::string path;      ///< "/write?db=oddity&precision=ns"
  std::string database;  ///< is made where the server has none of that name; empty: it is not ours to make
  std::string token;     ///< empty: none

  /// `url`: a server, and then InfluxDB 1's way of writing to `database` is meant (VictoriaMetrics takes it, too); or with
  /// the path, "http://127.0.0.1:8086/api/v2/write?org=o&bucket=b". Throws oddity::Error naming '--to'.
  static Destination parse(const std::string& url, const std::string& database, std::string token);
};

/// 1. Sender sender(destination, queue, warnings) works on a thread of its own.
/// 2. stop(patience) lets it deliver what is there.
///
/// Each parcel is tried until the server takes it. One that it calls unusable (400, 413, 422) is dropped and told; every
/// other answer may change, so it is tried again, ever more slowly. To write a result twice does no harm: same series, same
/// time, same values.
class Sender {
 public:
  Sender(Destination destination, ResultQueue& queue, Log& warnings);
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;
  ~Sender();

  void stop(std::chrono::milliseconds patience);

 private:
  enum class Outcome : std::uint8_t { taken, unusable, later };
  void run();
  Outcome send(const std::string& text, std::string& why);
  bool make_database(std::string& why);
  void pause(std::chrono::milliseconds time) const;

  const Destination destination_;
  ResultQueue& queue_;
  Log& warnings_;
  RateLimit told_{std::chrono::minutes(1)};
  RateLimit refused_told_{std::chrono::minutes(1)};
  std::atomic<bool> finishing_{false};
  std::atomic<bool> stopping_{false};
  std::atomic<bool> ended_{false};
  std::thread thread_;
};

/// Answers go into a queue; there they outlive the process.
class QueuedOutput : public Outlet {
 public:
  QueuedOutput(ResultQueue& queue, Marks& marks, Log& warnings)
      : queue_(queue), marks_(marks), warnings_(warnings) {}
  void put(std::uint64_t number, std::string_view text) override;
  std::size_t waiting() const noexcept override { return 0; }
  int descriptor() const noexcept override { return -1; }
  bool write() override { return true; }

 private:
  void tell_dropped();

  ResultQueue& queue_;
  Marks& marks_;
  Log& warnings_;
  bool taken_ = true;          ///< by the disk, since it was told
  std::uint64_t dropped_ = 0;  ///< for want of room
  std::uint64_t told_dropped_ = 0;
  RateLimit told_{std::chrono::minutes(1)};
};

}  // namespace oddity::live
