#include "keeper/keeper.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "exchange/clock.hpp"
#include "exchange/lines.hpp"
#include "keeper/closing.hpp"

namespace oddity::live {
namespace {

constexpr std::size_t input_at_once = std::size_t{1} << 18;
/// How long answers wait for somebody to read them, and the last state for the disk, when we are to stop.
constexpr std::chrono::seconds stop_patience{60};

}  // namespace

Keeper::Keeper(KeeperSettings settings, KeeperParts parts)
    : settings_(std::move(settings)),
      parts_(std::move(parts)),
      wake_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
      intake_(parts_.folder.place(), parts_.marks.answered(), settings_.most_waiting,
              [this] {
                const std::uint64_t one = 1;
                [[maybe_unused]] const ssize_t wrote = ::write(wake_, &one, sizeof one);
              }),
      input_open_(settings_.input >= 0) {
  if (wake_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

Keeper::~Keeper() { ::close(wake_); }

bool Keeper::start() {
  if (const auto [damaged, file] = intake_.damaged(); damaged != 0) {
    parts_.warnings.line(
        "{} batches of lines in the journal cannot be read and are lost; the file of the first is kept as "
        "'{}.damaged'",
        damaged, file);
    parts_.status.change([&, count = damaged](StatusNumbers& numbers) { numbers.damaged = count; });
  }
  start_worker();
  while (!ever_ready_ && !given_up_ && !stopping_) wait_and_serve();
  return ever_ready_;
}

int Keeper::run() {
  while (!done()) wait_and_serve();
  worker_.reset();
  const StatusNumbers numbers = parts_.status.numbers();
  for (const ClosingLine& line : closing_lines(numbers))
    (line.warning ? parts_.warnings : parts_.log).write(line.text);
  return nothing_was_judged(numbers) || !outlet_open_ ? 1 : 0;
}

void Keeper::stop() {
  intake_.stop();
  if (!stopping_) stopping_since_ = Clock::now();
  stopping_ = true;
  input_open_ = false;
}

/// Everything is answered, written and saved; or will never be.
bool Keeper::done() const {
  if (!stopping_) return false;
  if (Clock::now() - stopping_since_ > stop_patience) return true;
  if (!outlet_open_) return true;
  const bool unanswered = intake_.first().has_value();
  const bool unwritten = parts_.outlet.waiting() != 0;
  const bool saved = last_save_asked_ && !saving_ && !adopting_;
  return !unanswered && !unwritten && (saved || none_starts());
}

int Keeper::timeout() const {
  if (!worker_) return 20;
  return stopping_ ? 50 : 250;
}

void Keeper::wait_and_serve() {
  const bool reads =
      input_open_ && ever_ready_ && intake_.room() && parts_.outlet.waiting() < settings_.most_waiting;
  std::array<pollfd, 6> asked{{
      {parts_.signals.descriptor(), POLLIN, 0},
      {wake_, POLLIN, 0},
      {reads ? settings_.input : -1, POLLIN, 0},
      {outlet_open_ && parts_.outlet.waiting() != 0 ? parts_.outlet.descriptor() : -1, POLLOUT, 0},
      {worker_ ? worker_->out() : -1, POLLIN, 0},
      {worker_ && worker_->unsent() != 0 ? worker_->in() : -1, POLLOUT, 0},
  }};
  if (::poll(asked.data(), asked.size(), timeout()) > 0) {
    const auto happened = [&](std::size_t which) {
      return asked[which].fd >= 0 && asked[which].revents != 0;
    };
    if (happened(0)) read_signals();
    std::uint64_t woken = 0;
    if (happened(1)) [[maybe_unused]]
      const ssize_t got = ::read(wake_, &woken, sizeof woken);
    if (happened(2)) read_input();
    if (happened(3)) outlet_open_ = parts_.outlet.write();
    if (happened(4)) read_worker();
  }
  if (!outlet_open_ && !outlet_told_) {
    outlet_told_ = true;
    parts_.warnings.line(
        "stdout takes nothing any more; {} bytes of answers and whatever follows are not delivered: stopping",
        parts_.outlet.waiting());
    stop();
  }
  tend_worker();
}

void Keeper::read_signals() {
  while (const int signal = parts_.signals.next()) {
    if (!stopping_) parts_.log.line("signal {}: stopping", signal);
    stop();
  }
}

void Keeper::read_input() {
  const std::size_t before = input_.size();
  input_.resize(before + input_at_once);
  const ssize_t got = ::read(settings_.input, input_.data() + before, input_at_once);
  input_.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  take_input(got <= 0);
  if (got <= 0) stop();
}

void Keeper::take_input(bool at_end) {
  std::size_t whole = whole_lines(input_, at_end);
  if (whole == 0 && input_.size() > longest_line) whole = input_.size();  // it will not be read anyway
  if (whole == 0) return;
  const BatchHead head{now(), settings_.unit, Source::standard_input, false};
  if (intake_.take(head, std::string_view(input_).substr(0, whole), true) == Taking::unsaved) {
    parts_.status.change([](StatusNumbers& numbers) { ++numbers.unsaved; });
    if (!input_unsaved_told_) {
      parts_.warnings.line(
          "lines cannot be kept in '{}': {}; they are judged, and would be lost if this process were killed "
          "(logged once)",
          parts_.folder.place().string(), intake_.problem());
      input_unsaved_told_ = true;
    }
  }
  input_.erase(0, whole);
}

}  // namespace oddity::live
