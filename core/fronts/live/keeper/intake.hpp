// Where lines come in: each batch gets a number, a place in the journal, and waits until it is answered.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "journal/journal.hpp"

namespace oddity::live {

enum class Taking : std::uint8_t {
  taken,
  full,     ///< too many bytes wait already
  unsaved,  ///< the disk took it not
  stopping
};

/// 1. Intake intake(folder, answered, most_waiting, wake), which takes up what an earlier process took and never
///    answered;
/// 2. take(...) from any thread;
/// 3. the keeper alone: append_next(), answered(), resend().
class Intake {
 public:
  using Clock = std::chrono::steady_clock;

  /// `answered`: the last batch that an earlier process answered. `wake`: is called, on the thread that brings them,
  /// when lines have come.
  Intake(const std::filesystem::path& folder, std::uint64_t answered, std::size_t most_waiting,
         std::function<void()> wake);

  /// Whole lines. `whatever_comes`: takes them even where the disk does not, since whoever sent them would not send
  /// them again; `unsaved` then says that they were taken, and would be lost with this process.
  Taking take(const BatchHead& head, std::string_view lines, bool whatever_comes = false);
  bool room() const;
  void stop();

  /// Appends the frame of the next batch that was not sent to a worker. False: there is none.
  bool append_next(std::string& frames);
  /// The worker that had them is gone: all that is not answered is sent again.
  void resend();

  struct Waiting {
    Batch batch;
    Clock::time_point came;
    int attempts = 0;  ///< workers that ended while it was the first to be answered
  };
  /// Takes out the first batch if it has that number.
  std::optional<Waiting> answered(std::uint64_t number);
  /// The first batch was in hand when a worker ended: how often, this time included; 0: none was.
  int count_attempt();
  /// Of the first batch.
  std::optional<std::uint64_t> first() const;
  bool first_is_sent() const;
  /// Number of the last batch that the worker has; what is answered counts.
  std::uint64_t last_sent() const;

  std::uint64_t last() const;  ///< number of the last batch that was taken
  std::size_t waiting_bytes() const;
  std::uint64_t journal_bytes() const;
  std::string problem() const;
  /// Records of an earlier process that nobody can read, and the file of the first.
  std::pair<std::uint64_t, std::string> damaged() const;
  void begin_segment();
  void cut(std::uint64_t number);
  /// What a state holds already need not be judged again.
  void drop_until(std::uint64_t number);

 private:
  mutable std::mutex mutex_;
  Journal journal_;
  const std::size_t most_waiting_;
  std::function<void()> wake_;
  std::deque<Waiting> waiting_;
  std::size_t sent_ = 0;  ///< of them
  std::size_t bytes_ = 0;
  std::uint64_t last_ = 0;
  bool stopping_ = false;
};

}  // namespace oddity::live
