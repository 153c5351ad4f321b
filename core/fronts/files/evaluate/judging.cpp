#include "evaluate/judging.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <mutex>
#include <system_error>

#include "base/error.hpp"
#include "base/in_parallel.hpp"
#include "replay/counted.hpp"

namespace oddity::evaluate {
namespace {

using replay::counted;

void join(Remark& all, const Remark& one) {
  if (all.count == 0 && one.count != 0) all.first = one.first;
  all.count += one.count;
}

void tell(const Remark& remark, const std::string& one, const std::string& what, Log& log) {
  if (remark.count != 0) log.line("{} {}; the first: {}", counted(remark.count, one), what, remark.first);
}

}  // namespace

Judging::Judging(std::vector<DataSet> sets, SeriesReading reading, Judge judge)
    : sets_(std::move(sets)), reading_(std::move(reading)), judge_(std::move(judge)) {
  for (std::size_t set = 0; set < sets_.size(); ++set) {
    for (const SeriesFile& file : sets_[set].series) work_.push_back({set, &file, {}, {}, "", {}});
  }
}

void Judging::run(std::size_t threads, const Progress& progress) {
  std::mutex showing;
  std::size_t done = 0;
  const std::vector<std::size_t> order = largest_first();
  in_parallel(order.size(), threads, [&](std::size_t i) {
    judge(work_[order[i]]);
    const std::lock_guard lock(showing);
    progress(++done, order.size());
  });
}

void Judging::judge(Work& work) const {
  try {
    work.read = read_series(*work.file, reading_);
    if (const Remark& lines = work.read.unreadable;
        lines.count != 0 && lines.count == work.read.series.rows()) {
      work.broken = "none of its lines could be read; the first: " + lines.first;
      return;
    }
    if (work.read.series.rows() == 0) {
      work.broken = "it has no row";
      return;
    }
    Log log([&](std::string_view line) { work.log.emplace_back(line); });
    work.judged = judge_(work.read.series, log);
  } catch (const Error& wrong) {
    work.broken = wrong.what();
  }
}

/// So that no core is left with a long one at the end.
std::vector<std::size_t> Judging::largest_first() const {
  std::vector<std::uintmax_t> sizes;
  std::vector<std::size_t> order;
  for (const Work& work : work_) {
    std::error_code ignored;
    order.push_back(sizes.size());
    sizes.push_back(std::filesystem::file_size(work.file->file, ignored));
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t one, std::size_t other) { return sizes[one] > sizes[other]; });
  return order;
}

std::size_t Judging::tell(replay::NamedFew& wrong_labels, Log& log) const {
  std::size_t broken = 0;
  Remark unreadable, no_numbers, backwards, notes, doubtful, failures, forgotten, unscored;
  for (const Work& work : work_) {
    const std::string name = "series '" + work.file->name + "'";
    if (!work.broken.empty()) {
      ++broken;
      log.line("{} is left out: {}", name, work.broken);
    }
    for (const std::string& label : work.read.wrong_labels) wrong_labels.add([&] { return label; });
    for (const std::string& line : work.log) log.line("{}: {}", name, line);
    join(unreadable, work.read.unreadable);
    join(no_numbers, work.read.no_numbers);
    join(backwards, work.read.backwards);
    join(notes, work.read.notes);
    join(failures, {work.judged.failures, name});
    join(forgotten, {work.judged.forgotten, name});
    join(unscored, work.judged.unscored);
    if (!work.read.doubtful.empty())
      doubtful.note([&] { return work.file->name + ": " + work.read.doubtful; });
  }
  evaluate::tell(unreadable, "line", "could not be read, each a row without a value", log);
  evaluate::tell(no_numbers, "value", "treated as missing, not being a number", log);
  evaluate::tell(backwards, "row", "whose time goes backwards, judged at the time before", log);
  evaluate::tell(notes, "note", "on how series are read", log);
  evaluate::tell(failures, "failure", "of detectors, which then began anew", log);
  evaluate::tell(forgotten, "time", "a series was forgotten by age (ttl) and began anew", log);
  evaluate::tell(unscored, "row", "without a score, as if they were not odd", log);
  if (doubtful.count != 0)
    log.line("{} of {} series have times that can hardly be meant; the first: {}", doubtful.count,
             work_.size(), doubtful.first);
  if (wrong_labels.count() != 0) log.line("{} left out", counted(wrong_labels.count(), "label"));
  if (broken != 0) log.line("{} of {} series left out", broken, work_.size());
  return broken;
}

std::uint64_t Judging::windows() const noexcept {
  std::uint64_t all = 0;
  for (const Work& work : work_)
    all += static_cast<std::uint64_t>(std::ranges::count_if(
        work.judged.windows, [](const JudgedWindow& window) { return !std::isnan(window.score); }));
  return all;
}

std::vector<JudgedSet> Judging::take() {
  std::vector<JudgedSet> judged;
  for (const DataSet& set : sets_) judged.push_back({set.name, set.layout, {}});
  for (Work& work : work_) {
    if (work.broken.empty())
      judged[work.set].series.push_back({std::move(work.read.series), std::move(work.judged.windows)});
  }
  work_.clear();
  return judged;
}

}  // namespace oddity::evaluate
