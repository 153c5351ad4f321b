#include "keeper/intake.hpp"

#include <algorithm>
#include <utility>

namespace oddity::live {

Intake::Intake(const std::filesystem::path& folder, std::uint64_t answered, std::size_t most_waiting,
               std::function<void()> wake)
    : journal_(folder), most_waiting_(most_waiting), wake_(std::move(wake)) {
  last_ = std::max(journal_.last(), answered);
  JournalReader left(folder, answered);
  Batch batch;
  while (left.next(batch)) {
    bytes_ += batch.lines.size();
    waiting_.push_back({std::move(batch), Clock::now(), 0});
  }
}

Taking Intake::take(const BatchHead& head, std::string_view lines, bool whatever_comes) {
  Taking taking = Taking::taken;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return Taking::stopping;
    if (!whatever_comes && bytes_ != 0 && bytes_ + lines.size() > most_waiting_) return Taking::full;
    if (!journal_.append(last_ + 1, head, lines)) {
      if (!whatever_comes) return Taking::unsaved;
      taking = Taking::unsaved;
    }
    ++last_;
    bytes_ += lines.size();
    waiting_.push_back({{last_, head, std::string(lines)}, Clock::now(), 0});
  }
  wake_();
  return taking;
}

bool Intake::room() const {
  const std::lock_guard lock(mutex_);
  return bytes_ < most_waiting_;
}

void Intake::stop() {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
}

bool Intake::append_next(std::string& frames) {
  const std::lock_guard lock(mutex_);
  if (sent_ == waiting_.size()) return false;
  const Batch& batch = waiting_[sent_++].batch;
  append_batch(frames, batch.number, batch.head, batch.lines);
  return true;
}

void Intake::resend() {
  const std::lock_guard lock(mutex_);
  sent_ = 0;
}

std::optional<Intake::Waiting> Intake::answered(std::uint64_t number) {
  const std::lock_guard lock(mutex_);
  if (waiting_.empty() || waiting_.front().batch.number != number) return std::nullopt;
  std::optional<Waiting> first(std::move(waiting_.front()));
  waiting_.pop_front();
  sent_ -= sent_ == 0 ? 0 : 1;
  bytes_ -= first->batch.lines.size();
  return first;
}

int Intake::count_attempt() {
  const std::lock_guard lock(mutex_);
  return waiting_.empty() || sent_ == 0 ? 0 : ++waiting_.front().attempts;
}

std::optional<std::uint64_t> Intake::first() const {
  const std::lock_guard lock(mutex_);
  return waiting_.empty() ? std::nullopt : std::optional(waiting_.front().batch.number);
}

bool Intake::first_is_sent() const {
  const std::lock_guard lock(mutex_);
  return sent_ != 0;
}

std::uint64_t Intake::last_sent() const {
  const std::lock_guard lock(mutex_);
  if (waiting_.empty()) return last_;
  return sent_ == 0 ? waiting_.front().batch.number - 1 : waiting_[sent_ - 1].batch.number;
}

std::uint64_t Intake::last() const {
  const std::lock_guard lock(mutex_);
  return last_;
}

std::size_t Intake::waiting_bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

std::uint64_t Intake::journal_bytes() const {
  const std::lock_guard lock(mutex_);
  return journal_.bytes();
}

std::string Intake::problem() const {
  const std::lock_guard lock(mutex_);
  return journal_.problem();
}

std::pair<std::uint64_t, std::string> Intake::damaged() const {
  const std::lock_guard lock(mutex_);
  return {journal_.damaged(), journal_.first_damaged().string()};
}

void Intake::begin_segment() {
  const std::lock_guard lock(mutex_);
  journal_.begin_segment();
}

void Intake::cut(std::uint64_t number) {
  const std::lock_guard lock(mutex_);
  journal_.cut(number);
}

void Intake::drop_until(std::uint64_t number) {
  const std::lock_guard lock(mutex_);
  while (!waiting_.empty() && waiting_.front().batch.number <= number && sent_ == 0) {
    bytes_ -= waiting_.front().batch.lines.size();
    waiting_.pop_front();
  }
}

}  // namespace oddity::live
