// Checks of law 1: evaluate changes nothing; same state, window and question, same bits.
#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <span>
#include <thread>
#include <utility>

#include "conformance/answer.hpp"
#include "conformance/candidate.hpp"
#include "conformance/checks.hpp"
#include "conformance/guarded_bytes.hpp"

namespace oddity::conformance {
namespace {

Result check_evaluate_pure(const Candidate& candidate) {
  Instance instance = candidate.instance();
  Source source = candidate.source();
  for (int i = 0; i < 60; ++i) {
    const AbiWindow window = source.noise();
    const AbiWindow other = source.noise(7, 23, 2);
    const oddity_evaluation first = instance.evaluate(window);
    instance.evaluate(other);
    if (!same_bits(first, instance.evaluate(window)))
      return failed(fmt::format("window {}, judged again after another window, got another answer", i + 1));
    instance.update(window, i % 7 != 6);
  }
  return passed();
}

Result check_input_untouched(const Candidate& candidate) {
  Instance instance = candidate.instance();
  Source source = candidate.source();
  for (int i = 0; i < 30; ++i) {
    const AbiWindow window = source.noise();
    const auto columns = window.columns();
    const auto times = window.times();
    const auto moved = [&](const char* call) {
      if (window.columns() == columns && window.times() == times) return;
      throw plugin::Failure(fmt::format("{} wrote into the window it was lent", call));
    };
    instance.evaluate(window);
    moved("evaluate");
    instance.update(window, true);
    moved("update");
  }
  return passed();
}

/// The window's values, sorted values and times stand in memory that ends with them.
class GuardedWindow {
 public:
  explicit GuardedWindow(const AbiWindow& window)
      : times_(std::as_bytes(std::span(window.times()))), abi_(window.abi()) {
    for (std::uint32_t i = 0; i < abi_.column_count; ++i) {
      oddity_column column = *abi_.columns[i];
      column.values = guarded(column.values);
      if (column.sorted != nullptr) column.sorted = guarded(column.sorted);
      columns_.push_back(column);
    }
    for (const oddity_column& column : columns_) pointers_.push_back(&column);
    abi_.times = reinterpret_cast<const std::int64_t*>(times_.data());
    abi_.columns = pointers_.data();
  }
  const oddity_window& abi() const noexcept { return abi_; }

 private:
  const double* guarded(const double* values) {
    values_.push_back(std::make_unique<GuardedBytes>(
        std::as_bytes(std::span(values, static_cast<std::size_t>(abi_.rows)))));
    return reinterpret_cast<const double*>(values_.back()->data());
  }

  std::vector<std::unique_ptr<GuardedBytes>> values_;
  GuardedBytes times_;
  std::vector<oddity_column> columns_;
  std::vector<const oddity_column*> pointers_;
  oddity_window abi_;
};

Result check_input_bounds(const Candidate& candidate) {
  Instance instance = candidate.instance();
  Source source = candidate.source();
  for (const std::size_t rows : {20U, 1U, 2U, 3U, 7U, 64U, 511U, 512U, 513U}) {
    const AbiWindow window = source.noise(rows);
    const GuardedWindow guarded(window);
    instance.evaluate(guarded.abi());
    instance.update(guarded.abi(), true);
  }
  return passed();
}

Result check_deterministic(const Candidate& candidate) {
  const auto life = [&] {
    Instance instance = candidate.instance();
    Source source = candidate.source();
    return play(instance, source);
  };
  const std::string first = candidate.apart(life);
  // Into the next second: what reads a clock of whole seconds has moved on, and finer ones anyway. time() may
  // lag behind by a tick of the kernel, up to 10 ms.
  const auto now = std::chrono::system_clock::now();
  std::this_thread::sleep_until(std::chrono::ceil<std::chrono::seconds>(now) + std::chrono::milliseconds(50));
  return candidate.apart(life) == first
             ? passed()
             : failed("the same windows in another process, in another second, got other answers");
}

}  // namespace

std::vector<Check> purity_checks() {
  return {
      {"evaluate-pure", "purity", "updates",
       "A window that is judged twice, another one in between, gets the same answer to the last bit. "
       "evaluate may be called more often than windows come, for a question of another direction or for a "
       "picture, and must not change what it is asked about. Keep no mutable member in it, and draw no "
       "random number; what has to move on moves on in update.",
       &check_evaluate_pure},
      {"input-untouched", "purity", "updates",
       "After evaluate and update the window's values and times are what they were. Several detectors judge "
       "one window: what one sorts in place, the next one finds sorted. Copy what you have to change; for "
       "sorted values set wants_sorted in the description.",
       &check_input_untouched},
      {"input-bounds", "purity", "input-untouched",
       "Windows of 1 to 513 rows whose memory ends with the last row: a read behind it ends the process. "
       "This check crashing means just that, or that the plugin writes to what it was lent. Go by rows(), "
       "use sorted() only when wants_sorted is set, and remember that the fresh rows are the last ones.",
       &check_input_bounds},
      {"deterministic", "purity", "evaluate-pure",
       "The same windows, in two processes and two seconds of the clock, get the same answers to the last "
       "bit. Otherwise nothing that was found can be found again, and a restored task differs from one that "
       "went on. No clock, no address, no random device, no order of a hash table may reach a number; where "
       "randomness is needed, seed it from an option and keep the generator in the state.",
       &check_deterministic},
  };
}

}  // namespace oddity::conformance
