#include "plugin/abi_window.hpp"

#include <algorithm>

#include "plugin/column.hpp"

namespace oddity::plugin {

AbiWindow::AbiWindow(std::vector<std::vector<double>> columns, std::vector<std::int64_t> times,
                     bool wants_sorted)
    : values_(std::move(columns)), times_(std::move(times)), columns_(values_.size()) {
  if (wants_sorted) sorted_ = values_;
  for (auto& column : sorted_) std::sort(column.begin(), column.end());
  for (std::size_t i = 0; i < values_.size(); ++i) {
    columns_[i] = column_of(values_[i], wants_sorted ? sorted_[i].data() : nullptr);
    pointers_.push_back(&columns_[i]);
  }
  abi_.struct_size = sizeof abi_;
  abi_.column_count = static_cast<std::uint32_t>(values_.size());
  abi_.rows = times_.size();
  abi_.fresh = times_.size();
  abi_.times = times_.data();
  abi_.end = times_.back();
  abi_.columns = pointers_.data();
}

AbiWindow AbiWindow::with_fresh(std::uint64_t fresh) && {
  abi_.fresh = fresh;
  return std::move(*this);
}

}  // namespace oddity::plugin
