// The keeper and its worker: fed, listened to, replaced.
#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "keeper/keeper.hpp"

namespace oddity::live {
namespace {

using std::chrono::milliseconds;

/// Enough that a worker never waits for us, little enough that a save is not far behind.
constexpr std::size_t most_ahead = std::size_t{1} << 20;
/// A batch that was in hand when so many workers ended is handed on unjudged.
constexpr int most_attempts = 5;
/// Where so many in a row were killed before they were ready, none will ever be: lines are handed on unjudged.
constexpr int most_starts = 10;
/// And where none ever was, or where nothing but a state is still to be saved.
constexpr int first_starts = 5;
constexpr milliseconds longest_pause{5'000};
constexpr std::uint64_t journal_that_wants_a_save = std::uint64_t{32} << 20;
/// Saving takes at most a twentieth of the time.
constexpr int save_share = 20;
constexpr std::chrono::minutes save_patience{10};

void add(WorkerTotals& sum, const WorkerTotals& last) {
  StatusNumbers both;
  both.worker = last;
  both.before = sum;
  sum = all_workers(both);
}

}  // namespace

void Keeper::start_worker() {
  in_hand_->end();
  worker_ = std::make_unique<WorkerProcess>(settings_.command, in_hand_);
  ready_ = false;
  killed_ = false;
  started_ = heard_ = Clock::now();
  parts_.status.change([&](StatusNumbers& numbers) { numbers.worker_pid = worker_->pid(); });
  for (const auto& [hash, from] : skipped_)
    append_frame(worker_->pending(), FrameKind::skip, hash, bytes_of(from));
}

void Keeper::tend_worker() {
  if (!worker_) {
    if (!given_up_ && Clock::now() >= start_again_) start_worker();
    return;
  }
  if (const auto status = worker_->ended()) return mourn(*status);
  if (is_hanging()) {
    killed_ = true;
    worker_->kill();
    return mourn(*worker_->ended(true));
  }
  feed_worker();
  adopt_state();
  ask_to_save();
  worker_->send();
}

bool Keeper::is_hanging() const {
  if (!ready_) return Clock::now() - started_ > save_patience;
  if (saving_) return Clock::now() - saving_since_ > save_patience;
  return (relearn_ || intake_.first_is_sent()) && Clock::now() - heard_ > settings_.patience;
}

void Keeper::feed_worker() {
  if (!ready_) return;
  Batch batch;
  while (relearn_ && worker_->unsent() < most_ahead) {
    if (!relearn_->next(batch) || batch.number > relearn_until_) {
      relearn_.reset();
      break;
    }
    batch.head.answered_before = true;
    append_batch(worker_->pending(), batch.number, batch.head, batch.lines);
  }
  while (!relearn_ && worker_->unsent() < most_ahead && parts_.outlet.waiting() < settings_.most_waiting) {
    const bool was_idle = !intake_.first_is_sent();
    if (!intake_.append_next(worker_->pending())) break;
    if (was_idle) heard_ = Clock::now();
  }
}

void Keeper::read_worker() {
  if (!worker_) return;
  const bool open = worker_->receive();
  Frame frame;
  while (worker_->cutter().next(frame)) take(frame);
  if (!open) {
    // Its pipes close a moment before it can be waited for.
    if (const auto status = worker_->ended(true)) mourn(*status);
  }
}

void Keeper::take(const Frame& frame) {
  heard_ = Clock::now();
  switch (frame.kind) {
    case FrameKind::ready:
      if (parts_.watch) parts_.watch(frame);
      return take_ready(frame.number);
    case FrameKind::answered:
      return take_answer(frame);
    case FrameKind::saved:
      return take_saved(frame);
    case FrameKind::totals: {
      std::string_view body = frame.body;
      take_plain(body, totals_);
      if (!intake_.first_is_sent()) count_worker();
      return;
    }
    default:
      if (parts_.watch) parts_.watch(frame);
  }
}

void Keeper::take_ready(std::uint64_t number) {
  ready_ = true;
  starts_in_vain_ = 0;
  if (!ever_ready_) {
    intake_.drop_until(number);
    parts_.marks.set_answered(std::max(parts_.marks.answered(), number));
  }
  ever_ready_ = true;
  saved_number_ = number;
  saved_ = Clock::now();
  const auto first = intake_.first();
  relearn_until_ = first ? *first - 1 : intake_.last();
  if (relearn_until_ <= number) return;
  if (deaths_relearning_ < most_attempts) {
    relearn_.emplace(parts_.folder.place(), number);
    relearning_ = true;
  } else {
    parts_.warnings.line(
        "no worker survived learning again what came since the last state: that is forgotten");
    deaths_relearning_ = 0;
  }
}

void Keeper::take_answer(const Frame& frame) {
  std::string_view text = frame.body;
  AnswerHead head;
  if (!take_plain(text, head)) return;
  count_worker();
  if (frame.number >= relearn_until_) {
    relearning_ = false;
    deaths_relearning_ = 0;
  }
  const auto answered = intake_.answered(frame.number);
  if (!answered) return;  // it was learned again
  deaths_in_a_row_ = 0;
  parts_.outlet.put(frame.number, text);
  const std::chrono::duration<double> took = Clock::now() - answered->came;
  parts_.status.change([&](StatusNumbers& numbers) {
    ++numbers.batches;
    numbers.lines += head.lines;
    numbers.unreadable += head.unreadable;
    numbers.latency.add(took.count());
  });
}

/// What a worker counted before it died over a batch, the next one counts again: so its counts are taken with answers.
void Keeper::count_worker() {
  parts_.status.change([&](StatusNumbers& numbers) { numbers.worker = totals_; });
}

/// A state is asked for after a time, after much was written, and at the end; never so often that saving is most of
/// what the worker does.
void Keeper::ask_to_save() {
  if (!ready_ || saving_ || adopting_ || relearn_) return;
  const std::uint64_t last = intake_.first() ? *intake_.first() - 1 : intake_.last();
  const auto now = Clock::now();
  const bool at_the_end = stopping_ && !intake_.first();
  if (at_the_end) {
    if (last_save_asked_) return;
    last_save_asked_ = true;
    if (last == saved_number_) return;
  } else {
    if (last == saved_number_ || now - saved_ < save_share * save_took_) return;
    const bool much =
        intake_.journal_bytes() > journal_that_wants_a_save && now - saved_ > milliseconds(1'000);
    if (now - saved_ < settings_.save_every && !much) return;
  }
  // Whatever was sent lies before it in the pipe.
  const std::uint64_t number = at_the_end ? last : intake_.last_sent();
  intake_.begin_segment();
  append_frame(worker_->pending(), FrameKind::save, number, "");
  saving_ = number;
  saving_since_ = now;
}

void Keeper::take_saved(const Frame& frame) {
  save_took_ = Clock::now() - saving_since_;
  saved_ = Clock::now();
  saving_.reset();
  if (!frame.body.empty()) return tell_unsaved(frame.body);
  adopting_ = frame.number;
}

/// The lines since the state before stay in the journal, if there is one.
void Keeper::tell_unsaved(std::string_view why) {
  if (!save_failed_told_)
    parts_.warnings.line(
        "{}: what was learned since the state before is not saved; it can be learned again from the lines in "
        "'{}', as far as these are there (logged once)",
        why, parts_.folder.place().string());
  save_failed_told_ = true;
}

/// A state has learned from lines whose answers may still wait to be read: only when those are out may it replace the
/// one before, or they would be lost with this process.
void Keeper::adopt_state() {
  if (!adopting_ || parts_.marks.answered() < *adopting_) return;
  if (!parts_.folder.adopt_state()) {
    adopting_.reset();
    return tell_unsaved("the state could not be put in its place in '" + parts_.folder.place().string() +
                        "'");
  }
  save_failed_told_ = false;
  saved_number_ = *adopting_;
  intake_.cut(saved_number_);
  adopting_.reset();
}

void Keeper::mourn(int status) {
  const bool blamed = blame(status);
  if (std::exchange(relearning_, false) && !blamed) ++deaths_relearning_;
  worker_.reset();
  saving_.reset();
  relearn_.reset();
  const bool exited = WIFEXITED(status);  // with an answer that it would give again
  if (!ready_) ++starts_in_vain_;
  if (!ever_ready_ && (exited || starts_in_vain_ >= first_starts)) {
    given_up_ = true;
    return;
  }
  const bool young = Clock::now() - started_ < std::chrono::seconds(10);
  // One that was killed before it had a line says nothing of those that wait.
  if (ready_ || exited) deaths_in_a_row_ = blamed ? 0 : young ? deaths_in_a_row_ + 1 : 1;
  if (deaths_in_a_row_ >= most_attempts || starts_in_vain_ >= most_starts) {
    give_up(std::numeric_limits<std::size_t>::max());  // they end before they answer anything
  } else if (!blamed && intake_.count_attempt() >= most_attempts) {
    give_up(1);
  }
  intake_.resend();
  const int deaths = std::max(deaths_in_a_row_, starts_in_vain_);
  const milliseconds pause(young && deaths > 1 ? 50 << std::min(deaths, 7) : 0);
  start_again_ = Clock::now() + std::min(pause, longest_pause);
  parts_.status.change([](StatusNumbers& numbers) {
    ++numbers.restarts;
    add(numbers.before, numbers.worker);
    numbers.worker = {};
    numbers.worker_pid = 0;
  });
  if (!blamed)
    parts_.warnings.line("the worker ended {}: another one takes up its state and what it had not answered",
                         how_it_ended(status));
}

/// Then nobody will save a state: what it would hold is learned again from the journal, where that is kept.
bool Keeper::none_starts() const { return starts_in_vain_ >= first_starts; }

/// Whether a group is known in whose detector the worker ended by its own fault.
bool Keeper::blame(int status) {
  const std::uint64_t hash = in_hand_->hash.load(std::memory_order_acquire);
  if (hash == 0 || !(killed_ || is_crash(status))) return false;
  std::string group = in_hand_->key();
  std::replace(group.begin(), group.end(), '\n', ' ');
  if (!skip_in_hand()) return false;
  parts_.warnings.line(
      "series '{}': a detector {}; the series is not judged any more until this program is started anew, all "
      "others are",
      group, killed_ ? "did not return" : "ended the worker " + how_it_ended(status));
  parts_.status.change([&](StatusNumbers& numbers) {
    if (numbers.skipped.size() < skipped_.size()) numbers.skipped.push_back(group);
  });
  return true;
}

/// From the line in hand on; where a worker ends over an earlier one the next time, from the beginning. False: it ended
/// over lines that it should have passed over.
bool Keeper::skip_in_hand() {
  const LinePlace place = in_hand_->place();
  const auto [found, is_new] = skipped_.emplace(in_hand_->hash.load(std::memory_order_acquire), place);
  if (is_new) return true;
  if (place >= found->second) return false;
  found->second = {};
  return true;
}

/// No worker survives them: up to so many batches are handed on as they came.
void Keeper::give_up(std::size_t batches) {
  std::uint64_t lines = 0;
  std::string first_line;
  for (; batches != 0; --batches) {
    const auto number = intake_.first();
    if (!number) break;
    const Batch batch = std::move(intake_.answered(*number)->batch);
    if (lines == 0) first_line = batch.lines.substr(0, std::min<std::size_t>(batch.lines.find('\n'), 200));
    lines += static_cast<std::uint64_t>(std::count(batch.lines.begin(), batch.lines.end(), '\n'));
    const bool handed_on = settings_.pass_through && batch.head.source == Source::standard_input;
    parts_.outlet.put(*number, handed_on ? std::string_view(batch.lines) : std::string_view());
  }
  if (lines == 0) return;
  parts_.status.change([&](StatusNumbers& numbers) { numbers.unjudged += lines; });
  parts_.warnings.line("{} lines are not judged, as no worker survived them; the first is '{}'", lines,
                       first_line);
}

}  // namespace oddity::live
