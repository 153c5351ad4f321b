#include "keeper/closing.hpp"

#include <fmt/format.h>

#include <string_view>
#include <utility>

namespace oddity::live {
namespace {

class Lines {
 public:
  /// Nothing of what never was.
  void tell(std::uint64_t number, bool warning, std::string_view what) {
    if (number != 0) lines_.push_back({fmt::format("{} {}", number, what), warning});
  }
  void add(std::string text) { lines_.push_back({std::move(text), false}); }
  std::vector<ClosingLine> take() { return std::move(lines_); }

 private:
  std::vector<ClosingLine> lines_;
};

}  // namespace

std::vector<ClosingLine> closing_lines(const StatusNumbers& numbers) {
  const WorkerTotals all = all_workers(numbers);
  const bool failed = nothing_was_judged(numbers);
  Lines lines;
  lines.add(fmt::format(
      "stopped after {} lines ({} could not be read) with {} points of {} series: {} windows judged, {} "
      "anomalous, {} alarms; the worker was started again {} times",
      numbers.lines + numbers.unreadable, numbers.unreadable, all.points, all.groups, all.windows,
      all.anomalies, all.alarms, numbers.restarts));
  lines.tell(all.own_results + numbers.own_results, failed,
             "lines were passed over, as they are named as results are (--name)");
  lines.tell(numbers.unjudged, true, "lines were not judged, as no worker survived them");
  lines.tell(all.skipped, true,
             "points were not judged, as a detector crashed over their series, or did not return");
  lines.tell(numbers.damaged, true, "batches of lines in the journal could not be read and are lost");
  lines.tell(numbers.refused, true, "bodies over HTTP were refused");
  lines.tell(all.not_chosen, false, "lines had no number to be judged");
  lines.tell(all.untagged, true, "lines lacked a tag of --group-by, and were told apart without it");
  lines.tell(all.held, false, "points wait for late ones, or in open windows, and were not judged");
  lines.tell(
      all.learned, failed,
      all.failures == 0
          ? "points or windows were learned without being judged: too little was known of their series"
          : "points or windows were not judged: too little was known of their series, or a detector failed");
  lines.tell(all.failures, true, "failures of detectors: each lost an answer, and its series began anew");
  lines.tell(all.expired, failed, "times a series was forgotten by age (ttl)");
  lines.tell(all.evicted, true, "times a series was forgotten by number (maxGroups)");
  lines.tell(all.ahead, true, "lines had a time more than a day ahead of this machine's clock");
  lines.tell(all.late, true, "points came with an earlier time than one before them");
  return lines.take();
}

bool nothing_was_judged(const StatusNumbers& numbers) {
  const WorkerTotals all = all_workers(numbers);
  const bool came = numbers.lines + numbers.unreadable + numbers.own_results + numbers.unjudged != 0;
  if (!came || all.windows != 0) return false;
  const bool merely_new =
      all.learned + all.held != 0 && all.expired + all.evicted + all.failures + all.skipped == 0;
  return !merely_new;
}

}  // namespace oddity::live
