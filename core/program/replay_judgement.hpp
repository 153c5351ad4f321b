// Judges the rows of `oddity replay` and writes what was found.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/log.hpp"
#include "judged_report.hpp"
#include "judged_series.hpp"
#include "replay_options.hpp"
#include "result_file.hpp"
#include "setup/setup.hpp"
#include "window/each_row.hpp"
#include "window/time_windows.hpp"

namespace oddity::program {

/// 1. ReplayJudgement(given, windows, ready), which throws oddity::Error when a result cannot be written;
/// 2. add(group, time, values) for each row by time, then end();
/// 3. finish(), where anything was judged;
/// 4. tell_left_out(rows, log).
class ReplayJudgement {
 public:
  /// `windows`: none for each row by itself. `given` and `ready` outlive this.
  ReplayJudgement(const ReplayOptions& given, const std::optional<window::WindowSpec>& windows,
                  setup::Ready& ready);
  ReplayJudgement(const ReplayJudgement&) = delete;
  ReplayJudgement& operator=(const ReplayJudgement&) = delete;

  void add(const window::GroupIdentity& group, std::int64_t time, std::span<const double> values);
  /// No more rows come: with --tail the rest is judged.
  void end();
  std::uint64_t judged() const noexcept { return judged_; }
  /// Puts the results in place. What was drawn, a sentence each.
  std::vector<std::string> finish();
  /// Rows that stood in no window, by what kept them out; and windows that can hardly be meant.
  void tell_left_out(std::uint64_t rows, Log& log) const;

 private:
  void judge(const window::GroupWindow& window);
  void tell_left_out(const window::TimeWindows& windows, std::uint64_t rows, Log& log) const;

  const ReplayOptions& given_;
  setup::Ready& ready_;
  ResultFile results_;
  std::optional<JudgedSeries> series_;
  std::optional<JudgedReport> report_;
  std::vector<ResultField> fields_;
  std::uint64_t judged_ = 0;
  std::variant<window::EachRow, window::TimeWindows> windows_;
};

}  // namespace oddity::program
