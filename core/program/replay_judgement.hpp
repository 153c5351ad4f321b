// Judges the rows of `oddity replay` and writes what was found.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/call_watch.hpp"
#include "base/log.hpp"
#include "group_shards.hpp"
#include "judged_report.hpp"
#include "judged_series.hpp"
#include "replay_options.hpp"
#include "result_file.hpp"
#include "setup/setup.hpp"
#include "window/each_row.hpp"
#include "window/time_windows.hpp"

namespace oddity::program {

/// 1. ReplayJudgement(given, windows, ready), which throws oddity::Error when a result cannot be written;
/// 2. begin(groups, log) when all is read;
/// 3. add(group, time, values) for each row by time, then end();
/// 4. draw(), state() and finish(), where anything was judged;
/// 5. tell_left_out(rows, log).
class ReplayJudgement {
 public:
  /// `windows`: none for each row by itself. `given`, `ready` and `watch` outlive this.
  ReplayJudgement(const ReplayOptions& given, const std::optional<window::WindowSpec>& windows,
                  setup::Ready& ready, CallWatch& watch);
  ReplayJudgement(const ReplayJudgement&) = delete;
  ReplayJudgement& operator=(const ReplayJudgement&) = delete;

  /// `groups`: how many will come. Several are judged on several cores, where that changes nothing.
  void begin(std::size_t groups, Log& log);
  void add(const window::GroupIdentity& group, std::int64_t time, std::span<const double> values);
  /// No more rows come: with --tail the rest is judged.
  void end();
  std::uint64_t judged() const noexcept { return judged_; }
  /// What is drawn, a sentence each.
  std::vector<std::string> draw();
  /// Puts the results in place, those that were drawn too and `learned`, if it is any: all of them or none.
  void finish(ResultFile* learned);
  detect::Pipeline::Totals totals() const;
  /// What was learned, in an envelope. Equal state gives equal bytes: they name no run, and no window is open in them.
  std::string state();
  /// Rows that stood in no window, by what kept them out; windows that can hardly be meant; and what was learned and lost.
  void tell_left_out(std::uint64_t rows, Log& log) const;
  /// Where windows came and none was judged.
  std::string why_nothing() const;

 private:
  void judge(const window::GroupWindow& window);
  void take(const detect::Verdict& verdict, const std::string& line);
  void tell_left_out(const window::TimeWindows& windows, std::uint64_t rows, Log& log) const;
  void tell_lost(Log& log) const;

  const ReplayOptions& given_;
  setup::Ready& ready_;
  CallWatch& watch_;
  ResultFile results_;
  std::optional<JudgedSeries> series_;
  std::optional<JudgedReport> report_;
  std::optional<GroupShards> shards_;
  const GroupShards::Sink of_shards_ = [this](const JudgedWindow& judged) {
    take(judged.verdict, judged.line);
  };
  std::vector<ResultField> fields_;
  std::uint64_t judged_ = 0;
  std::variant<window::EachRow, window::TimeWindows> windows_;
};

}  // namespace oddity::program
