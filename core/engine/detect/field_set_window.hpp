// A group's window as the detectors of one field set see it: its columns without the rows that
// lack a value, and their moments.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "detect/plan.hpp"
#include "oddity/abi.h"
#include "window/group_window.hpp"

namespace oddity::detect {

/// The time of something that has not happened yet.
inline constexpr std::int64_t never = std::numeric_limits<std::int64_t>::min();

/// Reused from window to window, so that nothing is allocated in the long run. The window that abi() returns
/// refers to this object and to the GroupWindow of the last fill().
class FieldSetWindow {
 public:
  /// Takes the usable rows. Those later than `last_learned` come last (in order of arrival otherwise), since
  /// an update takes in the last `fresh` rows of a window. False: no row is usable.
  bool fill(const window::GroupWindow& window, const FieldSet& field_set, std::int64_t last_learned);

  /// For evaluate, and for the update that learns: `fresh` counts the rows later than the last learned.
  const oddity_window& abi() const noexcept { return abi_; }
  /// For the update that does not learn: `fresh` counts the rows later than the last seen.
  oddity_window abi_seen(std::int64_t last_seen) const noexcept;
  /// What detectors are told of the rows of one column; 0 after fill().
  void set_autocorrelation(std::size_t column, double lag_one) noexcept {
    columns_[column].autocorrelation = lag_one;
  }
  std::int64_t latest() const noexcept { return latest_; }  ///< time of the latest usable row

 private:
  bool take_whole(const window::GroupWindow& window, const FieldSet& field_set, std::int64_t last_learned);
  void select_rows(const window::GroupWindow& window, const FieldSet& field_set, std::int64_t last_learned);
  void fill_column(std::size_t index, const std::vector<double>& values, bool sorted);

  struct Values {
    std::vector<double> kept;  ///< where rows had to be dropped or moved
    std::vector<double> sorted;
  };
  bool whole_ = false;             ///< every row in its place: columns are used where they are
  std::vector<std::size_t> rows_;  ///< else: indices into the group's window, in the order taken
  std::vector<std::int64_t> kept_times_;
  std::vector<Values> values_;
  std::vector<oddity_column> columns_;
  std::vector<const oddity_column*> column_pointers_;
  oddity_window abi_{};
  std::int64_t latest_ = never;
};

}  // namespace oddity::detect
