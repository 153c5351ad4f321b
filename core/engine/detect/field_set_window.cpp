#include "detect/field_set_window.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <span>

#include "plugin/column.hpp"

namespace oddity::detect {
namespace {

struct TimeRange {
  std::int64_t oldest = 0;
  std::int64_t latest = 0;
};

TimeRange range_of(std::span<const std::int64_t> times) noexcept {
  TimeRange range{times.front(), times.front()};
  for (const std::int64_t time : times) {
    range.oldest = std::min(range.oldest, time);
    range.latest = std::max(range.latest, time);
  }
  return range;
}

/// Without a branch for each value.
bool all_finite(std::span<const double> values) noexcept {
  constexpr std::uint64_t exponent = 0x7ff0000000000000;
  std::uint64_t finite = 1;
  for (const double value : values)
    finite &= static_cast<std::uint64_t>((std::bit_cast<std::uint64_t>(value) & exponent) != exponent);
  return finite != 0;
}

}  // namespace

bool FieldSetWindow::fill(const window::GroupWindow& window, const FieldSet& field_set,
                          std::int64_t last_learned) {
  if (window.rows() == 0) return false;
  if (!take_whole(window, field_set, last_learned)) select_rows(window, field_set, last_learned);
  if (abi_.rows == 0) return false;
  values_.resize(field_set.columns.size());
  columns_.resize(field_set.columns.size());
  column_pointers_.clear();
  for (std::size_t i = 0; i < field_set.columns.size(); ++i) {
    fill_column(i, window.columns[field_set.columns[i]], field_set.wants_sorted);
    column_pointers_.push_back(&columns_[i]);
  }
  abi_.struct_size = sizeof abi_;
  abi_.column_count = static_cast<std::uint32_t>(columns_.size());
  abi_.times = whole_ ? window.times.data() : kept_times_.data();
  abi_.end = window.end;
  abi_.columns = column_pointers_.data();
  return true;
}

oddity_window FieldSetWindow::abi_seen(std::int64_t last_seen) const noexcept {
  oddity_window seen = abi_;
  // Rows later than the last seen are later than the last learned too, so they are among the last rows; in
  // order of time, as windows nearly always are, they are the very last.
  seen.fresh = 0;
  while (seen.fresh < seen.rows && seen.times[seen.rows - 1 - seen.fresh] > last_seen) ++seen.fresh;
  return seen;
}

/// What nearly every window is: no value missing, and all of it new (or nothing, where a window comes again).
/// Then the rows are used where they are.
bool FieldSetWindow::take_whole(const window::GroupWindow& window, const FieldSet& field_set,
                                std::int64_t last_learned) {
  const auto [oldest, latest] = range_of(window.times);
  const bool all_fresh = oldest > last_learned;
  whole_ = (all_fresh || latest <= last_learned) &&
           std::all_of(field_set.columns.begin(), field_set.columns.end(),
                       [&](std::size_t column) { return all_finite(window.columns[column]); });
  latest_ = latest;
  abi_.rows = window.rows();
  abi_.fresh = all_fresh ? window.rows() : 0;
  return whole_;
}

void FieldSetWindow::select_rows(const window::GroupWindow& window, const FieldSet& field_set,
                                 std::int64_t last_learned) {
  rows_.clear();
  for (std::size_t row = 0; row < window.rows(); ++row) {
    if (std::all_of(field_set.columns.begin(), field_set.columns.end(),
                    [&](std::size_t column) { return std::isfinite(window.columns[column][row]); }))
      rows_.push_back(row);
  }
  const auto fresh = std::stable_partition(
      rows_.begin(), rows_.end(), [&](std::size_t row) { return window.times[row] <= last_learned; });
  kept_times_.clear();
  latest_ = never;
  for (const std::size_t row : rows_) {
    kept_times_.push_back(window.times[row]);
    latest_ = std::max(latest_, window.times[row]);
  }
  abi_.rows = rows_.size();
  abi_.fresh = static_cast<std::uint64_t>(rows_.end() - fresh);
}

void FieldSetWindow::fill_column(std::size_t index, const std::vector<double>& values, bool sorted) {
  Values& mine = values_[index];
  std::span<const double> used(values);
  if (!whole_) {
    mine.kept.clear();
    for (const std::size_t row : rows_) mine.kept.push_back(values[row]);
    used = mine.kept;
  }
  if (sorted) {
    mine.sorted.assign(used.begin(), used.end());
    std::sort(mine.sorted.begin(), mine.sorted.end());
  }
  columns_[index] = plugin::column_of(used, sorted ? mine.sorted.data() : nullptr);
}

}  // namespace oddity::detect
