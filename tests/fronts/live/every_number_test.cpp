// Each number that keeper and worker count is told as what it is: none is exchanged for another, none is forgotten.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "exchange/clock.hpp"
#include "http/metrics.hpp"
#include "judge/watch_frames.hpp"
#include "keeper/closing.hpp"
#include "watch/watch_json.hpp"

namespace oddity::live {
namespace {

using nlohmann::json;
using testing::ContainsRegex;

/// Of a worker, those that go on from worker to worker.
constexpr std::array sums{
    &WorkerTotals::points,   &WorkerTotals::windows,     &WorkerTotals::learned,    &WorkerTotals::anomalies,
    &WorkerTotals::alarms,   &WorkerTotals::own_results, &WorkerTotals::not_chosen, &WorkerTotals::untagged,
    &WorkerTotals::ahead,    &WorkerTotals::late,        &WorkerTotals::repeated,   &WorkerTotals::skipped,
    &WorkerTotals::failures, &WorkerTotals::expired,     &WorkerTotals::evicted,
};
/// Those that are true of one moment.
constexpr std::array gauges{&WorkerTotals::held, &WorkerTotals::groups};

/// Each number is another power of two, so that a sum tells of what it is one. A new member does not compile until it
/// is entered.
class EveryNumber : public testing::Test {
 protected:
  EveryNumber() {
    auto& [worker, before, batches, lines, unreadable, unjudged, refused, own_results, damaged, unsaved,
           restarts, worker_pid, skipped, waiting_bytes, journal_bytes, results_dropped, results_waiting,
           latency] = numbers;
    skipped = {"a group"};  // one
    fill(worker);
    fill(before);
    for (std::uint64_t* const number :
         {&batches, &lines, &unreadable, &unjudged, &refused, &own_results, &damaged, &unsaved, &restarts,
          &waiting_bytes, &journal_bytes, &results_dropped, &results_waiting, &latency.count})
      *number = next();
    worker_pid = 0;
  }
  std::uint64_t both(std::uint64_t WorkerTotals::*member) const {
    return numbers.worker.*member + numbers.before.*member;
  }
  StatusNumbers numbers;

 private:
  std::uint64_t next() { return last_ *= 2; }
  void fill(WorkerTotals& totals) {
    std::array<std::uint64_t, sums.size() + gauges.size() + 1> members{};
    for (std::uint64_t& member : members) member = next();
    totals = std::bit_cast<WorkerTotals>(members);
  }
  std::uint64_t last_ = 1;
};

TEST_F(EveryNumber, OfAllWorkersIsTheSumOrWhatHoldsNow) {
  const WorkerTotals all = all_workers(numbers);
  for (std::size_t i = 0; i < sums.size(); ++i) EXPECT_EQ(all.*sums[i], both(sums[i])) << "sum " << i;
  for (const auto gauge : gauges) EXPECT_EQ(all.*gauge, numbers.worker.*gauge);
  EXPECT_EQ(all.latest, numbers.before.latest);
  std::swap(numbers.worker.latest, numbers.before.latest);
  EXPECT_EQ(all_workers(numbers).latest, all.latest) << "the latest, whosever it is";
}

/// What stands behind each name; without the histogram, and without what changes by itself.
std::map<std::string, std::string> samples(const std::string& metrics) {
  std::map<std::string, std::string> all;
  std::istringstream text(metrics);
  for (std::string line; std::getline(text, line);) {
    const std::size_t space = line.rfind(' ');
    const std::string name = line.substr(0, space);
    if (line.starts_with('#') || name.starts_with("oddity_answer_seconds") ||
        name.starts_with("oddity_memory_bytes") || name == "oddity_lag_seconds")
      continue;
    all[name] = line.substr(space + 1);
  }
  return all;
}

TEST_F(EveryNumber, OfTheMetricsStandsBehindItsName) {
  const std::uint64_t left_out = 3;
  const std::map<std::string, std::uint64_t> named{
      {"lines_total", numbers.lines},
      {"points_total", both(&WorkerTotals::points)},
      {"windows_total", both(&WorkerTotals::windows)},
      {"anomalies_total", both(&WorkerTotals::anomalies)},
      {"alarms_total", both(&WorkerTotals::alarms)},
      {"dropped_total{reason=\"unreadable\"}", numbers.unreadable},
      {"dropped_total{reason=\"no_worker_survived\"}", numbers.unjudged},
      {"dropped_total{reason=\"refused\"}", numbers.refused},
      {"dropped_total{reason=\"damaged_in_the_journal\"}", numbers.damaged},
      {"dropped_total{reason=\"series_crashed_a_detector\"}", both(&WorkerTotals::skipped)},
      {"dropped_total{reason=\"own_result\"}", both(&WorkerTotals::own_results) + numbers.own_results},
      {"dropped_total{reason=\"no_chosen_number\"}", both(&WorkerTotals::not_chosen)},
      {"dropped_total{reason=\"result_not_delivered\"}", numbers.results_dropped},
      {"ahead_total", both(&WorkerTotals::ahead)},
      {"late_total", both(&WorkerTotals::late)},
      {"repeated_total", both(&WorkerTotals::repeated)},
      {"detector_failures_total", both(&WorkerTotals::failures)},
      {"groups_forgotten_total", both(&WorkerTotals::expired) + both(&WorkerTotals::evicted)},
      {"worker_restarts_total", numbers.restarts},
      {"unsaved_batches_total", numbers.unsaved},
      {"series", numbers.worker.groups},
      {"series_skipped", numbers.skipped.size()},
      {"series_left_out", left_out},
      {"worst_score", 5},
      {"waiting_bytes", numbers.waiting_bytes},
      {"held_points", numbers.worker.held},
      {"journal_bytes", numbers.journal_bytes},
      {"results_waiting_bytes", numbers.results_waiting},
  };
  auto told = samples(metrics_text(numbers, 5, left_out));
  for (const auto& [name, number] : named) EXPECT_EQ(told["oddity_" + name], std::to_string(number)) << name;
  EXPECT_EQ(told.size(), named.size());
}

TEST_F(EveryNumber, OfTheMemoryIsThatOfItsProcess) {
  const std::string metrics = metrics_text(numbers, 0, 0);
  EXPECT_THAT(metrics, ContainsRegex("\noddity_memory_bytes\\{process=\"keeper\"\\} [1-9][0-9]+\n"));
  EXPECT_THAT(metrics, ContainsRegex("\noddity_memory_bytes\\{process=\"worker\"\\} 0\n")) << "none is there";
}

TEST_F(EveryNumber, OfTheTimesIsTheAgeOfTheLatest) {
  const auto age = [&](std::int64_t at) { return static_cast<double>(at - numbers.before.latest) / 1e9; };
  const double at_least = age(now());
  const std::string metrics = metrics_text(numbers, 0, 0);
  const std::string name = "\noddity_lag_seconds ";
  const double lag = std::stod(metrics.substr(metrics.find(name) + name.size()));
  EXPECT_GE(lag, at_least - 0.001);
  EXPECT_LE(lag, age(now()) + 0.001);
}

TEST_F(EveryNumber, OfTheClosingLinesHasItsReason) {
  const std::vector<ClosingLine> lines = closing_lines(numbers);
  EXPECT_EQ(
      lines.at(0).text,
      fmt::format("stopped after {} lines ({} could not be read) with {} points of {} series: {} windows "
                  "judged, {} anomalous, {} alarms; the worker was started again {} times",
                  numbers.lines + numbers.unreadable, numbers.unreadable, both(&WorkerTotals::points),
                  numbers.worker.groups, both(&WorkerTotals::windows), both(&WorkerTotals::anomalies),
                  both(&WorkerTotals::alarms), numbers.restarts));
  const std::vector<std::pair<std::uint64_t, std::string>> reasons{
      {both(&WorkerTotals::own_results) + numbers.own_results, "lines were passed over, as they are named"},
      {numbers.unjudged, "lines were not judged, as no worker survived"},
      {both(&WorkerTotals::skipped), "points were not judged, as a detector crashed"},
      {numbers.damaged, "batches of lines in the journal could not be read"},
      {numbers.refused, "bodies over HTTP were refused"},
      {both(&WorkerTotals::not_chosen), "lines had no number to be judged"},
      {both(&WorkerTotals::untagged), "lines lacked a tag of --group-by"},
      {numbers.worker.held, "points wait for late ones, or in open windows"},
      {both(&WorkerTotals::learned), "points or windows were not judged: too little was known"},
      {both(&WorkerTotals::failures), "failures of detectors"},
      {both(&WorkerTotals::expired), "times a series was forgotten by age"},
      {both(&WorkerTotals::evicted), "times a series was forgotten by number"},
      {both(&WorkerTotals::ahead), "lines had a time more than a day ahead"},
      {both(&WorkerTotals::late), "points came with an earlier time"},
  };
  ASSERT_EQ(lines.size(), 1 + reasons.size());
  for (std::size_t i = 0; i < reasons.size(); ++i)
    EXPECT_THAT(lines[i + 1].text,
                testing::StartsWith(fmt::format("{} {}", reasons[i].first, reasons[i].second)));
}

/// A watch that was told of three series more than it has room for.
void crowd(Watch& watch) {
  WatchFrames frames(Watch::most_series + 3);
  std::string bytes;
  for (std::size_t i = 0; i < Watch::most_series + 3; ++i) {
    window::GroupWindow window;
    window.group = window.name = std::to_string(i);
    frames.append(window, 1, {}, bytes);
  }
  FrameCutter cutter;
  bytes.copy(cutter.room(bytes.size()), bytes.size());
  cutter.filled(bytes.size());
  Frame frame;
  while (cutter.next(frame)) watch.take(frame);
}

TEST_F(EveryNumber, OfThePageStandsBehindItsName) {
  const json expected{{"points", both(&WorkerTotals::points)},
                      {"series", numbers.worker.groups},
                      {"alarms", both(&WorkerTotals::alarms)},
                      {"left_out", 3},
                      {"dropped", numbers.unreadable + numbers.unjudged + numbers.refused +
                                      numbers.results_dropped + both(&WorkerTotals::skipped)}};
  Watch watch;
  crowd(watch);
  EXPECT_EQ(json::parse(series_json(watch, numbers)).at("totals"), expected);
  std::uint64_t from = 0;
  const std::string news = events(watch, watch.news(from), {}, numbers);
  const std::string update = "event: update\ndata: ";
  ASSERT_NE(news.find(update), std::string::npos);
  EXPECT_EQ(json::parse(news.substr(news.find(update) + update.size())).at("totals"), expected);
}

}  // namespace
}  // namespace oddity::live
