#include "plugin/door_window.hpp"

#include <algorithm>

#include "plugin/column.hpp"

namespace oddity::plugin {

DoorWindow::DoorWindow(std::vector<std::vector<double>> columns, std::vector<std::int64_t> times,
                       bool wants_sorted)
    : values_(std::move(columns)), times_(std::move(times)), columns_(values_.size()) {
  if (wants_sorted) sorted_ = values_;
  for (auto& column : sorted_) std::sort(column.begin(), column.end());
  for (std::size_t i = 0; i < values_.size(); ++i) {
    columns_[i] = column_of(values_[i], wants_sorted ? sorted_[i].data() : nullptr);
    pointers_.push_back(&columns_[i]);
  }
  door_.struct_size = sizeof door_;
  door_.column_count = static_cast<std::uint32_t>(values_.size());
  door_.rows = times_.size();
  door_.fresh = times_.size();
  door_.times = times_.data();
  door_.end = times_.back();
  door_.columns = pointers_.data();
}

DoorWindow DoorWindow::with_fresh(std::uint64_t fresh) && {
  door_.fresh = fresh;
  return std::move(*this);
}

}  // namespace oddity::plugin
