#include "detect/field_set_window.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "plugin/column.hpp"

namespace oddity::detect {

bool FieldSetWindow::fill(const window::GroupWindow& window, const FieldSet& field_set,
                          std::int64_t last_learned) {
  select_rows(window, field_set, last_learned);
  if (rows_.empty()) return false;
  const auto later = [&](std::size_t row) { return window.times[row] > last_learned; };
  kept_times_.clear();
  latest_ = never;
  for (const std::size_t row : rows_) {
    latest_ = std::max(latest_, window.times[row]);
    if (!whole_) kept_times_.push_back(window.times[row]);
  }
  values_.resize(field_set.columns.size());
  columns_.resize(field_set.columns.size());
  column_pointers_.clear();
  for (std::size_t i = 0; i < field_set.columns.size(); ++i) {
    fill_column(i, window.columns[field_set.columns[i]], field_set.wants_sorted);
    column_pointers_.push_back(&columns_[i]);
  }
  abi_ = {.struct_size = sizeof abi_,
          .column_count = static_cast<std::uint32_t>(columns_.size()),
          .rows = rows_.size(),
          .fresh = static_cast<std::uint64_t>(std::count_if(rows_.begin(), rows_.end(), later)),
          .times = whole_ ? window.times.data() : kept_times_.data(),
          .end = window.end,
          .columns = column_pointers_.data()};
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

void FieldSetWindow::select_rows(const window::GroupWindow& window, const FieldSet& field_set,
                                 std::int64_t last_learned) {
  const auto is_whole = [&](std::size_t column) {
    const std::vector<double>& values = window.columns[column];
    return std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
  };
  const auto usable = [&](std::size_t row) {
    return std::all_of(field_set.columns.begin(), field_set.columns.end(),
                       [&](std::size_t column) { return std::isfinite(window.columns[column][row]); });
  };
  rows_.resize(window.rows());
  std::iota(rows_.begin(), rows_.end(), std::size_t{0});
  // Column by column first: nearly always nothing is missing.
  if (!std::all_of(field_set.columns.begin(), field_set.columns.end(), is_whole))
    std::erase_if(rows_, [&](std::size_t row) { return !usable(row); });
  const auto learned = [&](std::size_t row) { return window.times[row] <= last_learned; };
  const bool in_place = std::is_partitioned(rows_.begin(), rows_.end(), learned);
  if (!in_place) std::stable_partition(rows_.begin(), rows_.end(), learned);
  whole_ = in_place && rows_.size() == window.rows();
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
