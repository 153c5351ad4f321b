// The small process that never goes away: it holds the pipes, numbers and keeps what comes, and starts the worker again.
//
// LIFE CYCLE
//   1. Keeper keeper(settings, parts)   the folder, the outlet and the logs are the caller's.
//   2. keeper.start()                   starts the worker, and waits until it is ready. False: it never was; its own last
//                                       lines on stderr say why.
//   3. keeper.run()                     until stdin ends or a signal asks to stop; intake() takes lines of others meanwhile.
//
// A worker that ends is replaced: the next one takes up the last saved state, learns from the journal what came since
// then, and gets again what was not answered. So each line is answered once, and the answers are those that would have
// been given without it. A group in whose detector a worker crashes is left out from that line on; lines that no worker survives
// are handed on as they came.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "journal/folder.hpp"
#include "keeper/intake.hpp"
#include "keeper/outlet.hpp"
#include "keeper/status.hpp"
#include "keeper/stop_signals.hpp"
#include "keeper/worker_process.hpp"

namespace oddity::live {

struct KeeperSettings {
  std::vector<std::string> command;                  ///< of the worker
  int input = -1;                                    ///< where lines are read; -1: nowhere
  std::int64_t unit = 1;                             ///< of the times there, ns
  bool pass_through = false;                         ///< lines without an answer are handed on as they came
  std::size_t most_waiting = std::size_t{64} << 20;  ///< bytes of lines that are not answered
  std::chrono::milliseconds save_every{30'000};
  std::chrono::milliseconds patience{30'000};  ///< with a worker that does not answer
};

/// What the keeper works with; all of it outlives the keeper.
struct KeeperParts {
  const Folder& folder;
  Marks& marks;
  Outlet& outlet;
  const StopSignals& signals;
  Status& status;
  Log& log;
  Log& warnings;
  /// Each frame of the worker that is about what it judged.
  std::function<void(const Frame&)> watch;
};

class Keeper {
 public:
  Keeper(KeeperSettings settings, KeeperParts parts);
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;
  ~Keeper();

  bool start();
  /// The process's exit code.
  int run();
  Intake& intake() noexcept { return intake_; }

 private:
  using Clock = std::chrono::steady_clock;

  // The loop.
  void wait_and_serve();
  bool done() const;
  int timeout() const;
  void read_input();
  void take_input(bool at_end);
  void read_signals();
  void stop();
  // The worker, in keeper_worker.cpp.
  void start_worker();
  void tend_worker();
  void feed_worker();
  void read_worker();
  void take(const Frame& frame);
  void take_ready(std::uint64_t number);
  void take_answer(const Frame& frame);
  void take_saved(const Frame& frame);
  void count_worker();
  void mourn(int status);
  bool blame(int status);
  bool skip_in_hand();
  bool none_starts() const;
  void give_up(std::size_t batches);
  void ask_to_save();
  void adopt_state();
  void tell_unsaved(std::string_view why);
  bool is_hanging() const;

  const KeeperSettings settings_;
  KeeperParts parts_;
  int wake_ = -1;
  SharedInHand in_hand_;
  Intake intake_;
  std::unique_ptr<WorkerProcess> worker_;
  bool ready_ = false;
  bool ever_ready_ = false;
  bool given_up_ = false;                       ///< no worker was ever ready
  std::map<std::uint64_t, LinePlace> skipped_;  ///< groups by their hashes, and from where on
  std::optional<JournalReader> relearn_;
  std::uint64_t relearn_until_ = 0;
  WorkerTotals totals_;        ///< the latest that the worker told
  int deaths_in_a_row_ = 0;    ///< of workers that were ready, without an answer between them
  int starts_in_vain_ = 0;     ///< workers in a row that ended before they were ready
  bool relearning_ = false;    ///< until the last of what came since the state is answered
  int deaths_relearning_ = 0;  ///< meanwhile, one after the other
  bool killed_ = false;        ///< by us, since it did not answer
  Clock::time_point started_{};
  Clock::time_point start_again_{};
  Clock::time_point heard_{};
  Clock::time_point saved_{};
  std::optional<std::uint64_t> saving_;    ///< the number asked for
  std::optional<std::uint64_t> adopting_;  ///< that of a state which waits until its answers are out
  Clock::time_point saving_since_{};
  Clock::duration save_took_{};
  std::uint64_t saved_number_ = 0;
  bool save_failed_told_ = false;
  std::string input_;
  bool input_open_ = false;
  bool input_unsaved_told_ = false;
  bool outlet_open_ = true;
  bool outlet_told_ = false;
  bool stopping_ = false;
  bool last_save_asked_ = false;
  Clock::time_point stopping_since_{};
};

}  // namespace oddity::live
