#include "judge/worker.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <optional>

#include "base/error.hpp"
#include "base/replaced_file.hpp"
#include "exchange/lines.hpp"
#include "exchange/whole_file.hpp"
#include "exchange/worker_descriptors.hpp"
#include "state/envelope.hpp"

namespace oddity::live {
namespace {

constexpr std::size_t read_at_once = std::size_t{1} << 18;
constexpr std::size_t judged_at_once = std::size_t{1} << 16;

/// False: the keeper is gone.
bool write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(worker_out, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

class Worker {
 public:
  Worker(const JudgeSettings& settings, setup::Ready& ready, const StatePlaces& state, InHand& in_hand,
         Log& log)
      : ready_(ready),
        state_(state),
        log_(log),
        run_(state::draw_run_id()),
        judge_(settings, ready, log, &in_hand) {}

  int run() {
    append_frame(out_, FrameKind::ready, restore(), "");
    append_frame(out_, FrameKind::totals, 0,
                 bytes_of(judge_.totals()));  // what was restored counts from now on
    FrameCutter cutter;
    while (write_all(out_)) {
      out_.clear();
      const ssize_t got = ::read(worker_in, cutter.room(read_at_once), read_at_once);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return 0;
      cutter.filled(static_cast<std::size_t>(got));
      Frame frame;
      while (cutter.next(frame)) {
        take(frame);
        if (out_.size() >= read_at_once && !write_all(std::exchange(out_, {}))) return 0;
      }
    }
    return 0;
  }

 private:
  std::uint64_t restore();
  std::uint64_t restore(std::string_view bytes);
  void take(const Frame& frame);
  void answer(const Frame& frame);
  std::string save(std::uint64_t number);

  setup::Ready& ready_;
  const StatePlaces state_;
  Log& log_;
  const state::RunId run_;
  Judge judge_;
  std::string out_;
  std::string answer_;
  std::string watched_;
};

std::uint64_t Worker::restore() {
  const auto bytes = whole_file(state_.restored);
  if (!bytes) return 0;
  try {
    return restore(*bytes);
  } catch (const state::EnvelopeError& unusable) {
    std::error_code ignored;
    const std::filesystem::path aside = state_.restored.string() + ".unusable";
    std::filesystem::rename(state_.restored, aside, ignored);
    log_.line("the state '{}' cannot be used: {}; it is now '{}', and all series begin anew",
              state_.restored.string(), unusable.what(), aside.string());
    return 0;
  }
}

std::uint64_t Worker::restore(std::string_view bytes) {
  const auto restored = ready_.engine->restore(state::open(bytes));
  if (!restored.dropped.empty()) log_.line("part of the state is not used: {}", restored.dropped);
  if (!restored.open_windows.empty()) {
    try {
      judge_.restore(restored.open_windows);
    } catch (const StateError& unusable) {
      log_.line("open windows of the state are not used: {}", unusable.what());
    }
  }
  return restored.origin.counter;
}

void Worker::take(const Frame& frame) {
  switch (frame.kind) {
    case FrameKind::batch:
      return answer(frame);
    case FrameKind::save:
      return append_frame(out_, FrameKind::saved, frame.number, save(frame.number));
    case FrameKind::skip: {
      std::string_view body = frame.body;
      LinePlace from;
      take_plain(body, from);
      return judge_.skip(frame.number, from);
    }
    default:
      return;
  }
}

void Worker::answer(const Frame& frame) {
  std::string_view lines = frame.body;
  BatchHead head;
  if (!take_plain(lines, head)) return;
  answer_.assign(sizeof(AnswerHead), '\0');
  AnswerHead answered;
  judge_.begin_batch(frame.number);
  while (!lines.empty()) {
    const std::size_t whole = whole_lines(lines.substr(0, judged_at_once), lines.size() <= judged_at_once);
    const std::string_view piece = lines.substr(0, whole == 0 ? lines.size() : whole);
    lines.remove_prefix(piece.size());
    const AnswerHead one = judge_.take(head, piece, answer_, watched_);
    answered.lines += one.lines;
    answered.unreadable += one.unreadable;
    append_frame(out_, FrameKind::totals, 0, bytes_of(judge_.totals()));
    out_ += watched_;
    watched_.clear();
    // A sign of life, or the keeper would take us for hanging.
    if (!lines.empty()) write_all(std::exchange(out_, {}));
  }
  if (head.answered_before) answer_.resize(sizeof(AnswerHead));
  answer_.replace(0, sizeof answered, bytes_of(answered));
  append_frame(out_, FrameKind::answered, frame.number, answer_);
}

/// What went wrong; empty: nothing.
std::string Worker::save(std::uint64_t number) {
  try {
    const auto saved =
        ready_.engine->save({run_, number}, std::numeric_limits<std::size_t>::max(), judge_.save());
    ReplacedFile file(state_.saved,
                      {"state '" + state_.saved.string() + "'", "a file that can be written", ""}, 0600);
    file.write(saved.bytes);
    file.commit();
    return {};
  } catch (const Error& failed) {
    return failed.what();
  }
}

}  // namespace

int run_worker(const JudgeSettings& settings, setup::Ready& ready, const StatePlaces& state,
               SharedInHand& in_hand, Log& log) {
  return Worker(settings, ready, state, *in_hand, log).run();
}

}  // namespace oddity::live
