// Results that wait on the disk until they are delivered.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace oddity::live {

/// 1. ResultQueue queue(folder, most)   takes up what an earlier process left; throws oddity::Error where the folder cannot
///                                      be made.
/// 2. put(text) on one thread;
/// 3. first(patience), then done(parcel) or drop(parcel), on another.
///
/// Files "results-NUMBER" of up to a MiB, or an eighth of `most`. Where they would take more than `most` bytes, the oldest
/// go, and are counted.
class ResultQueue {
 public:
  ResultQueue(std::filesystem::path folder, std::uint64_t most);
  ResultQueue(const ResultQueue&) = delete;
  ResultQueue& operator=(const ResultQueue&) = delete;
  ~ResultQueue();

  /// Whole lines. False: the disk took not all of them, and those are counted as dropped.
  bool put(std::string_view text);

  struct Parcel {
    std::uint64_t number = 0;
    std::string text;
  };
  /// The oldest file, as it is now; nothing is added to it afterwards. std::nullopt: there is none within `patience`.
  std::optional<Parcel> first(std::chrono::milliseconds patience);
  void done(const Parcel& parcel);
  /// Nobody wants it: its lines are counted as dropped.
  void drop(const Parcel& parcel);

  std::uint64_t bytes() const;
  std::uint64_t dropped() const;  ///< lines

 private:
  struct File {
    std::uint64_t number = 0;
    std::uint64_t bytes = 0;
    std::uint64_t lines = 0;
  };
  std::filesystem::path place_of(std::uint64_t number) const;
  bool put_piece(std::string_view piece);
  bool open();
  void close();
  void remove_first();
  void forget(std::uint64_t number);

  const std::filesystem::path folder_;
  const std::uint64_t most_;
  const std::uint64_t largest_file_;
  mutable std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<File> files_;  ///< the last is written to where `descriptor_` is open
  int descriptor_ = -1;
  std::uint64_t next_ = 1;
  std::uint64_t bytes_ = 0;
  std::uint64_t dropped_ = 0;
};

}  // namespace oddity::live
