// Which anomalous windows are alarms: the first of an event, and any that is clearly stronger.
#pragma once

#include <cstdint>

#include "oddity/state.hpp"
#include "options/extent.hpp"
#include "window/saturating.hpp"

namespace oddity::detect {

/// 1. Rest rest;
/// 2. rest.alarms(...) for each judged window, in order of time.
class Rest {
 public:
  /// Whether this window alarms: it is anomalous, and either none was for as long as `quiet` says (so many
  /// windows before it, or so long before its end), or its score is clearly above that of the last alarm.
  /// `end`: the window's, ns.
  bool alarms(bool anomalous, double score, std::int64_t end, const options::Extent& quiet) noexcept {
    if (!anomalous) {
      ++windows_;
      return false;
    }
    constexpr double clearly = 1.2;
    const bool rests = score_ > 0 && end >= end_ && quiet.exceeds(windows_, window::elapsed(end_, end));
    windows_ = 0;
    end_ = end;
    if (rests && score < clearly * score_) return false;
    score_ = score;
    return true;
  }

  /// Whether there was no alarm yet.
  bool empty() const noexcept { return score_ == 0; }
  void save(StateWriter& out) const {
    out.write(windows_);
    out.write(end_);
    out.write(score_);
  }
  void restore(StateReader& in) {
    windows_ = in.read<std::int64_t>();
    end_ = in.read<std::int64_t>();
    in.read_finite({&score_, 1});
    if (windows_ < 0 || windows_ > max_windows || score_ < 0)
      throw StateError("an alarm in the state cannot be one");
  }

 private:
  static constexpr std::int64_t max_windows = std::int64_t{1} << 60;
  std::int64_t windows_ = 0;  ///< since the last anomalous one, without it
  std::int64_t end_ = 0;      ///< of the last anomalous one, ns
  double score_ = 0;          ///< of the last alarm; 0: there was none
};

}  // namespace oddity::detect
