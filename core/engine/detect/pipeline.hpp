// From a window to its verdict: finds the group's detectors, evaluates, decides,
// learns. The same for every front.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.hpp"
#include "base/rate_limit.hpp"
#include "base/running_call.hpp"
#include "detect/decision.hpp"
#include "detect/field_set_window.hpp"
#include "detect/group_table.hpp"
#include "detect/plan.hpp"
#include "detect/results.hpp"
#include "detect/saved_state.hpp"
#include "detect/verdict.hpp"
#include "oddity/state.hpp"
#include "state/envelope.hpp"
#include "window/group_window.hpp"

namespace oddity::detect {

class StageTexts;

/// 1. Pipeline pipeline(plan, log)   makes one instance of every detector and throws it away. One that
///                                   refuses its options, or does not serve the plan's direction, is an
///                                   oddity::Error here.
/// 2. pipeline.restore(state)        before the first window; of several the last one counts.
/// 3. pipeline.judge(window)         for each window. A group begins with its first window, and is forgotten
///                                   by age (ttl) and number (max_groups).
/// 4. pipeline.save()                between windows.
class Pipeline {
 public:
  /// `call`: is kept informed of which detector is inside a call, for which group; may be nullptr.
  Pipeline(Plan plan, Log& log, RunningCall* call = nullptr);
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;
  ~Pipeline();

  const Plan& plan() const noexcept { return plan_; }
  /// Which detector is inside a call now, for other threads.
  const RunningCall& running() const noexcept { return *call_; }

  /// For fronts that judge each row by itself: a sentence on each detector whose p is never small enough then,
  /// as those of rank tests are with short histories. Asks instances that are thrown away.
  std::vector<std::string> notes_on_single_rows() const;

  /// Evaluates every detector, holds its answer against its earlier ones where that is asked for, decides,
  /// then lets them learn: those of a field set together, when they find the window normal or say nothing.
  /// Where a detector fails (throws, or
  /// answers with infinity or a p outside of [0, 1]), its result for this window is lost and it starts
  /// again; that is logged, at most one line in ten seconds. Logged as well are a judged window without a
  /// field that its detector declares and, once for each field, a window for which a detector has no
  /// answer, mostly because numbers overflow.
  const Verdict& judge(const window::GroupWindow& window);

  struct Totals {
    std::uint64_t windows = 0;     ///< judged or not, but with at least one usable value
    std::uint64_t empty = 0;       ///< without any usable value
    std::uint64_t anomalies = 0;   ///< windows that are anomalous
    std::uint64_t alarms = 0;      ///< of those, the ones that alarm
    std::uint64_t relearned = 0;   ///< runs of anomalous windows that became what is normal
    std::uint64_t failures = 0;    ///< of detectors
    std::uint64_t unanswered = 0;  ///< of a field for which a detector has no answer
    std::uint64_t backwards = 0;   ///< that end before the one before them in their group
    std::uint64_t repeated = 0;    ///< that end with the one before them in their group
    std::uint64_t expired = 0;     ///< groups forgotten by age
    std::uint64_t evicted = 0;     ///< groups forgotten by number
    std::size_t groups = 0;
  };
  Totals totals() const noexcept;

  struct Saved {
    std::string bytes;
    std::size_t left_out = 0;  ///< groups for which there was no room
    bool windows_left_out = false;
  };
  /// All groups in one envelope, in order of their keys: equal state gives equal bytes. Where they
  /// would take more than `max_bytes`, the least recently used groups are left out, and before
  /// them `open_windows`, which are the front's own. A detector that fails to save starts again.
  Saved save(const state::Origin& origin = {},
             std::size_t max_bytes = std::numeric_limits<std::size_t>::max(),
             std::string_view open_windows = {});

  struct Restored {
    state::Origin origin;
    std::size_t groups = 0;
    std::size_t detectors = 0;
    bool refused = false;           ///< a detector refused its bytes
    std::string_view open_windows;  ///< what save() was given, a view into what was opened
    std::string dropped;            ///< why something that was saved is not used; empty: all is
  };
  enum class Taken : std::uint8_t {
    as_it_fits,  ///< the rest of what was saved is dropped
    whole        ///< or not at all
  };
  /// Takes over what fits: a detector that the state lacks, or that was saved with other options that shape
  /// its state, starts fresh. Throws state::EnvelopeError when the bytes as a whole cannot be used, or are to
  /// be taken whole and something of them is not; the pipeline is then unchanged.
  Restored restore(const state::Opened& opened, Taken taken = Taken::as_it_fits);

  /// Where the current plan has the detectors that a saved spec names.
  struct Place {
    std::size_t field_set = 0;
    std::size_t spec = 0;
    bool usable = false;
  };

 private:
  Group& group_of(const window::GroupWindow& window);
  Group fresh_group() const;
  plugin::Detector make(const DetectorSpec& spec, const FieldSet& field_set) const;
  std::optional<double> least_p(const DetectorSpec& spec, const FieldSet& field_set) const;
  Decider decider_of(const Group& group) const noexcept;
  bool fill(const window::GroupWindow& window, const FieldSet& field_set, SeriesState& series);
  void judge_series(const FieldSet& field_set, SeriesState& series, const Decider& decider);
  void decide_overall(Group& group, const Decider& decider);
  // The steps of one series, in pipeline.cpp and stages.cpp.
  void assess(SeriesState& series, const FieldSet& field_set, double alpha);
  void calibrate(const SeriesState& series, std::span<DetectorResult> results) const;
  Decision decide(SeriesState& series, std::span<DetectorResult> results, const Decider& decider) const;
  bool is_small(const DetectorResult& result, const SeriesState& series, double magnitude) const noexcept;
  void learn(SeriesState& series, const FieldSet& field_set, const Decision& decision);
  void update(SeriesState& series, const FieldSet& field_set, bool learn);
  bool relearn(SeriesState& series, const FieldSet& field_set, const Decision& decision);
  bool too_young(const SeriesState& series) const noexcept;
  void give_up_run(SeriesState& series, const std::string& group, std::string_view why);
  void tell_unanswered(const DetectorSpec& spec, const FieldSet& field_set);
  void tell_missing(const DetectorSpec& spec, std::string_view field);
  void look_at_time(const window::GroupWindow& window, Group& group);
  void forget_groups(const window::GroupWindow& window);
  void start_again(plugin::Detector& detector, const DetectorSpec& spec, const FieldSet& field_set,
                   const std::string& group, std::string_view why);
  RunningCall::Inside inside(const DetectorSpec& spec, const std::string* group) const {
    return {*call_, spec.chosen->algorithm->name(), group};
  }
  std::string save_group(GroupTable::Entry& entry, std::uint64_t rank);
  GroupTable::Entry restored_group(const SavedGroup& saved, const SavedState& state,
                                   std::span<const Place> places, Restored& restored);
  void save_candidates(SeriesState& series, const FieldSet& field_set, const std::string& group,
                       std::size_t first, StageTexts& texts);
  void restore_stage(const SavedStage& stage, const SavedState& state, std::span<const Place> places,
                     GroupTable::Entry& entry) const;
  void restore_candidate(const SavedStage& stage, std::uint32_t version, Place place,
                         GroupTable::Entry& entry) const;
  void restore_groups(const SavedState& state, Restored& restored);

  const Plan plan_;
  const std::vector<FieldSet> field_sets_;
  const ResultSchema schema_;
  const Decider decider_;
  Log& log_;
  std::unique_ptr<RunningCall> own_call_;  ///< where the caller gave none
  RunningCall* call_;
  const bool watches_variation_;
  GroupTable groups_;
  std::int64_t latest_end_ = never;  ///< of the window before
  Verdict verdict_;
  FieldSetWindow field_set_window_;
  Totals totals_;
  bool logged_backwards_ = false;
  std::vector<bool> unanswered_told_;  ///< of each field set
  RateLimit failures_told_{std::chrono::seconds(10)};
  RateLimit missing_told_{std::chrono::minutes(1)};
  RateLimit relearned_told_{std::chrono::minutes(1)};
  RateLimit forgotten_told_{std::chrono::minutes(1)};
};

}  // namespace oddity::detect
