#include "http/metrics.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <string_view>

#include "exchange/clock.hpp"

namespace oddity::live {
namespace {

/// Resident memory of a process; 0: it is gone.
std::uint64_t memory_of(int pid) {
  std::ifstream in(fmt::format("/proc/{}/statm", pid));
  std::uint64_t size = 0;
  std::uint64_t resident = 0;
  in >> size >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

class Text {
 public:
  void begin(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    fmt::format_to(std::back_inserter(text_), "# HELP oddity_{} {}\n# TYPE oddity_{} {}\n", name, help, name,
                   type);
  }
  template <class Number>
  void value(Number number, std::string_view labels = {}) {
    fmt::format_to(std::back_inserter(text_), "oddity_{}{} {}\n", name_, labels, number);
  }
  template <class Number>
  void one(std::string_view name, std::string_view type, std::string_view help, Number number) {
    begin(name, type, help);
    value(number);
  }
  void histogram(std::string_view name, std::string_view help, const Latency& latency) {
    begin(name, "histogram", help);
    const auto append = std::back_inserter(text_);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < latency.counts.size(); ++i) {
      sum += latency.counts[i];
      const std::string end = i < Latency::ends.size() ? fmt::format("{}", Latency::ends[i]) : "+Inf";
      fmt::format_to(append, "oddity_{}_bucket{{le=\"{}\"}} {}\n", name, end, sum);
    }
    fmt::format_to(append, "oddity_{0}_sum {1}\noddity_{0}_count {2}\n", name, latency.sum, latency.count);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string name_;
  std::string text_;
};

double lag(std::int64_t latest) {
  if (latest == std::numeric_limits<std::int64_t>::min()) return std::nan("");
  return (static_cast<double>(now()) - static_cast<double>(latest)) / 1e9;
}

void append_dropped(Text& text, const StatusNumbers& numbers, const WorkerTotals& all) {
  text.begin("dropped_total", "counter",
             "What was not judged, by reason; lines, but bodies where refused, batches where damaged.");
  text.value(numbers.unreadable, "{reason=\"unreadable\"}");
  text.value(numbers.unjudged, "{reason=\"no_worker_survived\"}");
  text.value(numbers.refused, "{reason=\"refused\"}");
  text.value(numbers.damaged, "{reason=\"damaged_in_the_journal\"}");
  text.value(all.skipped, "{reason=\"series_crashed_a_detector\"}");
  text.value(all.own_results + numbers.own_results, "{reason=\"own_result\"}");
  text.value(all.not_chosen, "{reason=\"no_chosen_number\"}");
  text.value(numbers.results_dropped, "{reason=\"result_not_delivered\"}");
}

}  // namespace

std::string metrics_text(const StatusNumbers& numbers, double worst_score, std::uint64_t left_out) {
  const WorkerTotals all = all_workers(numbers);
  // An alert that compares with NaN is silent for ever: where there are series, and none has a score yet, it is 0.
  if (std::isnan(worst_score) && all.groups != 0) worst_score = 0;
  Text text;
  text.one("lines_total", "counter", "Lines that were read.", numbers.lines);
  text.one("points_total", "counter", "Values of fields.", all.points);
  text.one("windows_total", "counter", "Points or windows that were judged.", all.windows);
  text.one("anomalies_total", "counter", "Of those, the anomalous ones.", all.anomalies);
  text.one("alarms_total", "counter", "Of those, the ones that alarm.", all.alarms);
  append_dropped(text, numbers, all);
  text.one("ahead_total", "counter", "Lines with a time more than a day ahead of this machine's clock.",
           all.ahead);
  text.one("late_total", "counter", "Points with an earlier time than one before them.", all.late);
  text.one("repeated_total", "counter", "Points with the time of the one before.", all.repeated);
  text.one("detector_failures_total", "counter", "Answers that a detector failed to give.", all.failures);
  text.one("groups_forgotten_total", "counter", "Series forgotten by age or number.",
           all.expired + all.evicted);
  text.one("worker_restarts_total", "counter", "Workers that ended and were replaced.", numbers.restarts);
  text.one("unsaved_batches_total", "counter", "Batches that the disk did not take.", numbers.unsaved);
  text.one("series", "gauge", "Series that are known.", all.groups);
  text.one("series_skipped", "gauge", "Series that are not judged since they crashed a detector.",
           numbers.skipped.size());
  text.one("series_left_out", "gauge", "Series for which the page has no room.", left_out);
  text.one(
      "worst_score", "gauge",
      "The highest latest score of a series; above 1 is anomalous, 0 where none was judged since the start.",
      worst_score);
  text.one("lag_seconds", "gauge", "Age of the newest time in the data that is not a day ahead.",
           lag(all.latest));
  text.one("waiting_bytes", "gauge", "Lines that were taken and not answered yet.", numbers.waiting_bytes);
  text.one("held_points", "gauge", "Points that wait for late ones, or in open windows.", all.held);
  text.one("journal_bytes", "gauge", "Lines on the disk since the last saved state.", numbers.journal_bytes);
  text.one("results_waiting_bytes", "gauge", "Results that were not delivered yet.", numbers.results_waiting);
  text.begin("memory_bytes", "gauge", "Resident memory.");
  text.value(memory_of(::getpid()), "{process=\"keeper\"}");
  text.value(memory_of(numbers.worker_pid), "{process=\"worker\"}");
  text.histogram("answer_seconds", "From a batch's last byte to its answer.", numbers.latency);
  return text.take();
}

}  // namespace oddity::live
