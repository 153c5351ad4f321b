#include "replay_judgement.hpp"

#include <fmt/format.h>

#include "json_lines/json_lines.hpp"
#include "options/parse.hpp"
#include "replay/counted.hpp"

namespace oddity::program {

using replay::counted;

ReplayJudgement::ReplayJudgement(const ReplayOptions& given, const std::optional<window::WindowSpec>& windows,
                                 setup::Ready& ready, CallWatch& watch)
    : given_(given),
      ready_(ready),
      watch_(watch),
      results_("--output", given.output),
      windows_(window::EachRow(ready.options.fields.size(),
                               [this](const window::GroupWindow& window) { judge(window); })) {
  if (windows) {
    windows_.emplace<window::TimeWindows>(*windows, ready.options.fields.size(),
                                          [this](const window::GroupWindow& window) { judge(window); });
  }
  if (!given.picture.empty())
    series_.emplace(ready.options.fields, windows ? windows->period : 0, given.picture);
  if (!given.report.empty()) report_.emplace(given.report);
}

void ReplayJudgement::begin(std::size_t groups, Log& log) {
  if (given_.thread_count() > 1 && GroupShards::possible(*ready_.engine, groups))
    shards_.emplace(*ready_.engine, given_.thread_count(), log, watch_);
}

void ReplayJudgement::add(const window::GroupIdentity& group, std::int64_t time,
                          std::span<const double> values) {
  std::visit([&](auto& windows) { windows.add(group, time, values); }, windows_);
}

void ReplayJudgement::end() {
  auto* const windows = std::get_if<window::TimeWindows>(&windows_);
  if (windows != nullptr && given_.tail) windows->finish();
  if (shards_) shards_->finish(of_shards_);
}

std::vector<std::string> ReplayJudgement::draw() {
  const std::string windows = given_.each ? "each row by itself" : "windows of " + given_.period;
  const std::string how = ready_.options.text() + ", " + windows;
  std::vector<std::string> drawn;
  if (series_) drawn.push_back(series_->draw(how));
  if (report_) drawn.push_back(report_->write("What Oddity found", how));
  return drawn;
}

void ReplayJudgement::finish(ResultFile* learned) {
  finish_together(
      {&results_, series_ ? &series_->file() : nullptr, report_ ? &report_->file() : nullptr, learned});
}

detect::Pipeline::Totals ReplayJudgement::totals() const {
  return shards_ ? shards_->totals() : ready_.engine->totals();
}

std::string ReplayJudgement::state() {
  return shards_ ? shards_->save() : std::move(ready_.engine->save().bytes);
}

void ReplayJudgement::judge(const window::GroupWindow& window) {
  if (shards_) return shards_->add(window, of_shards_);
  const detect::Verdict& verdict = ready_.engine->judge(window);
  detect::name_fields(verdict, fields_);
  take(verdict, fields_.empty() ? std::string() : formats::json_line(window, fields_));
}

/// `line`: of a window that was judged.
void ReplayJudgement::take(const detect::Verdict& verdict, const std::string& line) {
  if (series_) series_->add(verdict);
  if (report_) report_->add(verdict, ready_.options.fields);
  if (line.empty()) return;
  ++judged_;
  if (given_.only_anomalies && !verdict.overall.anomalous) return;
  results_.write(line);
  results_.write("\n");
}

void ReplayJudgement::tell_left_out(std::uint64_t rows, Log& log) const {
  if (const auto* const windows = std::get_if<window::TimeWindows>(&windows_)) {
    tell_left_out(*windows, rows, log);
  } else if (const std::uint64_t repeated = std::get<window::EachRow>(windows_).repeated(); repeated != 0) {
    log.line(
        "{} with the time of the one before in the same group: judged, but of one time only one row is "
        "learned",
        counted(repeated, "point"));
  }
  tell_lost(log);
}

void ReplayJudgement::tell_lost(Log& log) const {
  const auto totals = this->totals();
  const detect::Plan& plan = ready_.engine->plan();
  if (totals.failures != 0)
    log.line("{} of detectors, which then began anew: the first one is logged above",
             counted(totals.failures, "failure"));
  if (totals.expired != 0)
    log.line("forgotten: {} by age (--ttl {})", counted(totals.expired, "group"),
             options::print_duration(plan.ttl));
  if (totals.evicted != 0)
    log.line("forgotten: {} by number (--maxGroups {})", counted(totals.evicted, "group"), plan.max_groups);
}

std::string ReplayJudgement::why_nothing() const {
  const auto totals = this->totals();
  std::vector<std::string> why;
  if (totals.failures != 0) why.emplace_back("detectors failed");
  if (totals.unanswered != 0) why.emplace_back("detectors had no answer");
  if (totals.expired + totals.evicted != 0)
    why.emplace_back("groups were forgotten before there was enough to compare with");
  if (why.empty()) why.emplace_back("too few windows to compare one with those before it");
  return fmt::format("{}", fmt::join(why, ", "));
}

void ReplayJudgement::tell_left_out(const window::TimeWindows& windows, std::uint64_t rows, Log& log) const {
  const auto totals = this->totals();
  const std::uint64_t finished = totals.windows + totals.empty;
  const bool several = windows.groups() > 1;
  if (const std::uint64_t waiting = windows.waiting(); waiting != 0) {
    log.line("{} came after the last window{}; --tail judges {}", counted(waiting, "point"),
             several ? " of their group" : "", waiting == 1 ? "it" : "them");
  }
  if (windows.between() != 0) {
    log.line("{} between two windows, in none of them: --every {} is longer than --period {}",
             counted(windows.between(), "point"), given_.every, given_.period);
  }
  if (const std::size_t none = windows.groups_without_window(); none != 0 && finished != 0) {
    log.line("{} of {}: no window was finished, as {} rows do not reach from one edge to the next", none,
             counted(windows.groups(), "group"), none == 1 ? "its" : "their");
  }
  if (rows != 0 && finished == 0) {
    log.line(
        "no window was finished: the rows do not reach from one edge to the next (is --precision {} right, "
        "and --period {}?)",
        given_.precision, given_.period);
  }
  if (given_.tail && finished == windows.groups() && rows > finished) {
    log.line("all {} lie in one window{} (is --precision {} right, and --period {}?)", counted(rows, "point"),
             several ? " of their group" : "", given_.precision, given_.period);
  }
}

}  // namespace oddity::program
