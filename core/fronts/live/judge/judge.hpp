// Lines in, and out what is said of them: the part of `oddity live` that knows of detectors.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/log.hpp"
#include "exchange/frame.hpp"
#include "exchange/in_hand.hpp"
#include "exchange/judged.hpp"
#include "exchange/result_names.hpp"
#include "judge/held_points.hpp"
#include "judge/option_remarks.hpp"
#include "judge/result_line.hpp"
#include "judge/series_identity.hpp"
#include "judge/watch_frames.hpp"
#include "line_protocol/line_protocol.hpp"
#include "setup/setup.hpp"
#include "window/tumbling_windows.hpp"

namespace oddity::live {

/// What is judged, and what is said of it.
struct JudgeSettings {
  std::vector<std::string> fields;    ///< those that are judged; empty: every number
  std::vector<std::string> group_by;  ///< tags; empty: all
  ResultNames names;                  ///< of results
  ChosenResults results;              ///< that are written; empty: all, or with pass_through the usual three
  bool only_alarms = false;
  bool pass_through = false;
  bool watched = false;                  ///< each judged point is told to the keeper
  std::int64_t lateness = 0;             ///< ns
  std::int64_t standard_input_unit = 1;  ///< ns
  /// The one column of every window.
  static constexpr const char* column = "value";
};

/// 1. Judge(settings, ready, log, in_hand), `ready` with the one field JudgeSettings::column;
/// 2. restore(windows) at most once;
/// 3. begin_batch(number), then take(head, lines, out, watched) for its pieces; save() and skip() between batches.
///
/// Each series is a group of the pipeline. A point is a window of its own, or one of the options' `window`.
class Judge {
 public:
  /// `in_hand`: is told of each group while a detector is at work for it; may be nullptr.
  Judge(JudgeSettings settings, setup::Ready& ready, Log& log, InHand* in_hand);
  Judge(const Judge&) = delete;
  Judge& operator=(const Judge&) = delete;

  /// What is taken from now on belongs to the batch of that number.
  void begin_batch(std::uint64_t number) noexcept { place_ = {number, 0}; }
  /// Judges whole lines; appends what goes out to `out` and, where it is watched, frames to `watched`.
  AnswerHead take(const BatchHead& head, std::string_view lines, std::string& out, std::string& watched);

  /// From that line on the group with that hash is neither judged nor learned.
  void skip(std::uint64_t hash, LinePlace from = {}) { skipped_[hash] = from; }

  /// Open windows and points that wait, for Pipeline::save.
  std::string save() const;
  /// Throws StateError, and holds nothing then.
  void restore(std::string_view windows);

  WorkerTotals totals() const;

 private:
  void take_lines(std::string_view lines, std::string& out);
  void take_line(std::string_view line, std::string& out);
  void take_row(std::string_view line, std::string& out);
  void judge_point(const window::GroupIdentity& identity, std::int64_t time, double value);
  const window::GroupWindow* window_of(const window::GroupIdentity& identity, std::int64_t time,
                                       double value);
  void answer(const window::GroupWindow& window, double latest);
  bool is_skipped(std::string_view key) const;
  WorkerTotals counts_of_engine() const;
  bool is_chosen(std::string_view field) const;
  void tell_unreadable(std::string_view line);
  void tell_own_result();
  void look_at_times(std::int64_t time);
  void note_time(std::int64_t time);
  void look_at_results();
  void look_at_forgotten();

  const JudgeSettings settings_;
  setup::Ready& ready_;
  Log& log_;
  InHand* in_hand_;
  formats::LineParser parser_;
  formats::Row row_;
  std::string diagnostic_;
  OptionRemarks remarks_;
  SeriesIdentity identity_;
  HeldPoints held_;
  std::optional<window::TumblingWindows> tumbling_;
  window::GroupWindow single_;
  WatchFrames watch_;
  std::vector<ResultField> fields_;
  std::unordered_map<std::uint64_t, LinePlace> skipped_;
  // Of the batch and the line at hand.
  BatchHead head_;
  LinePlace place_;
  std::string_view line_;   ///< while its row is judged
  std::string_view field_;  ///< whose results go with the line
  std::string further_;     ///< fields that the line is handed on with
  std::string result_lines_;
  std::string* watched_ = nullptr;
  AnswerHead answered_;
  std::uint64_t unreadable_ = 0;  ///< since the start
  bool looked_at_times_ = false;
  bool looked_at_results_ = false;
  std::optional<std::size_t> series_at_start_;  ///< that the state brought
  bool forgotten_told_ = false;
  bool prefixed_told_ = false;
  WorkerTotals totals_;
  WorkerTotals counted_before_;  ///< by the engine, over what was learned again
};

}  // namespace oddity::live
