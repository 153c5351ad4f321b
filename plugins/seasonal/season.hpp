// What a series does at each time of a period, and how far off that usually is.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "oddity/evaluation.hpp"
#include "oddity/state.hpp"
#include "seasonal/cycles.hpp"
#include "seasonal/phase.hpp"
#include "seasonal/usual_error.hpp"

namespace oddity::plugins::seasonal {

/// Whether what is expected of a day is that of the same day of earlier weeks.
enum class Week { off, on, found };

/// Expected at a time is what lies on the line between the middles of the two slots around it; a slot without
/// a value leaves it to the nearest one, up to four slots away.
///
/// 1. Season season(period, week);
/// 2. season.expected(time), then season.learn(time, value), for each row.
class Season {
 public:
  struct Expected {
    double value = 0;
    double error = 0;  ///< how far off a row usually is; 0: never
  };

  /// `period` in ns, above 0.
  Season(std::int64_t period, Week week) noexcept : period_(period), week_(week) {}

  /// Nothing: no earlier period has a value at this time or near it.
  std::optional<Expected> expected(std::int64_t time) const {
    const Phase at = phase_of(time, period_);
    const double place = at.share * Cycles::slots - 0.5;  // in slots, from the middle of the first
    const int left = static_cast<int>(std::floor(place));
    const auto before = nearest(at.cycle, left, -1);
    const auto behind = nearest(at.cycle, left + 1, 1);
    const double error = error_of(slot_of(at));
    if (before && behind) {
      const double share = (place - before->slot) / (behind->slot - before->slot);
      return Expected{std::lerp(before->value, behind->value, share), error};
    }
    if (before) return Expected{before->value, error};
    if (behind) return Expected{behind->value, error};
    return std::nullopt;
  }

  void learn(std::int64_t time, double value) {
    const auto expectation = expected(time);
    const Phase at = phase_of(time, period_);
    if (open_.rows == 0 || open_.cycle != at.cycle || open_.slot != slot_of(at)) {
      close();
      open_ = {};
      open_.cycle = at.cycle;
      open_.slot = static_cast<std::uint32_t>(slot_of(at));
    }
    if (open_.rows < UsualError::largest_memory) ++open_.rows;
    open_.mean = or_largest(open_.mean + or_largest(value - open_.mean) / open_.rows);
    if (expectation)
      open_.error.add(or_largest(std::abs(value - expectation->value)), UsualError::largest_memory);
  }

  /// False: nothing that was expected has come yet, so that nobody knows how far off that is.
  bool knows_errors() const noexcept { return all_.count() > 0; }

  double range() const noexcept { return cycles_.range(); }

  /// Found: for a whole period the same day of earlier weeks was the better guide by a tenth.
  bool weekly() const noexcept {
    constexpr double better = 0.9;
    return week_ == Week::on || (week_ == Week::found && by_week_.count() >= Cycles::slots &&
                                 by_week_.usual() < better * by_day_.usual());
  }

  void snapshot(StateWriter& out) const {
    cycles_.snapshot(out);
    for (const UsualError& error : errors_) error.snapshot(out);
    for (const UsualError* error : {&all_, &by_day_, &by_week_, &open_.error}) error->snapshot(out);
    out.write(open_.cycle);
    out.write(open_.slot);
    out.write(open_.rows);
    out.write(open_.mean);
  }
  /// Throws StateError.
  void restore(StateReader& in) {
    cycles_.restore(in);
    for (UsualError& error : errors_) error.restore(in);
    for (UsualError* error : {&all_, &by_day_, &by_week_, &open_.error}) error->restore(in);
    open_.cycle = in.read<std::int64_t>();
    open_.slot = in.read<std::uint32_t>();
    open_.rows = in.read<std::uint32_t>();
    in.read_finite(std::span(&open_.mean, 1));
    if (open_.slot >= Cycles::slots || open_.rows > UsualError::largest_memory)
      throw StateError("the state's last slot cannot be one");
  }
  /// Bytes of memory held beside the object itself.
  std::size_t footprint() const noexcept { return cycles_.footprint(); }

 private:
  /// The slot that rows are coming for.
  struct Open {
    std::int64_t cycle = 0;
    std::uint32_t slot = 0;
    std::uint32_t rows = 0;
    double mean = 0;
    UsualError error;
  };
  struct Filled {
    int slot = 0;
    double value = 0;
  };

  static std::size_t slot_of(const Phase& at) noexcept {
    return std::min<std::size_t>(static_cast<std::size_t>(at.share * Cycles::slots), Cycles::slots - 1);
  }

  /// The first slot with a value, one after the other from this one on; `slot` may lie in the period before
  /// or behind.
  std::optional<Filled> nearest(std::int64_t cycle, int slot, int step) const {
    constexpr int farthest = 4;
    for (int i = 0; i < farthest; ++i, slot += step) {
      const int turns = slot < 0 ? -1 : slot >= Cycles::slots ? 1 : 0;
      const Cycles::Place place{cycle, turns, static_cast<std::size_t>(slot - turns * Cycles::slots)};
      double value = weekly() ? cycles_.weeks_before(place) : std::nan("");
      if (std::isnan(value)) value = cycles_.earlier(place);
      if (!std::isnan(value)) return Filled{slot, value};
    }
    return std::nullopt;
  }

  /// Few visits of a slot say little by themselves: three of all slots stand beside them.
  double error_of(std::size_t slot) const noexcept {
    constexpr double beside = 3;
    const double share = errors_[slot].count() / (errors_[slot].count() + beside);
    return std::lerp(all_.usual(), errors_[slot].usual(), share);
  }

  void close() {
    if (open_.rows == 0) return;
    constexpr std::uint32_t visits = 7;
    constexpr std::uint32_t a_period = Cycles::slots;
    const Cycles::Place place{open_.cycle, 0, open_.slot};
    const double day = cycles_.earlier(place);
    const double week = cycles_.weeks_before(place);
    if (!std::isnan(day) && !std::isnan(week)) {
      by_day_.add(or_largest(std::abs(open_.mean - day)), 2 * a_period);
      by_week_.add(or_largest(std::abs(open_.mean - week)), 2 * a_period);
    }
    cycles_.set(open_.cycle, open_.slot, open_.mean);
    if (open_.error.count() == 0) return;
    errors_[open_.slot].add(open_.error.usual(), visits);
    all_.add(open_.error.usual(), a_period);
  }

  std::int64_t period_;
  Week week_;
  Cycles cycles_;
  std::array<UsualError, Cycles::slots> errors_{};
  UsualError all_;
  UsualError by_day_;
  UsualError by_week_;
  Open open_;
};

}  // namespace oddity::plugins::seasonal
