#include "conformance/door_window.hpp"

#include <algorithm>

#include "plugin/door_column.hpp"

namespace oddity::conformance {

constexpr std::int64_t second = 1'000'000'000;

DoorWindow::DoorWindow(std::vector<std::vector<double>> columns, std::vector<std::int64_t> times,
                       bool wants_sorted)
    : values_(std::move(columns)), times_(std::move(times)), columns_(values_.size()) {
  if (wants_sorted) sorted_ = values_;
  for (auto& column : sorted_) std::sort(column.begin(), column.end());
  for (std::size_t i = 0; i < values_.size(); ++i) {
    columns_[i] = plugin::door_column(values_[i], wants_sorted ? sorted_[i].data() : nullptr);
    pointers_.push_back(&columns_[i]);
  }
  door_ = {.struct_size = sizeof door_,
           .column_count = static_cast<std::uint32_t>(values_.size()),
           .rows = times_.size(),
           .fresh = times_.size(),
           .times = times_.data(),
           .end = times_.back(),
           .columns = pointers_.data()};
}

DoorWindow DoorWindow::with_fresh(std::uint64_t fresh) && {
  door_.fresh = fresh;
  return std::move(*this);
}

Source::Source(const oddity_description& description, std::uint32_t columns, std::uint64_t seed)
    : columns_(columns), wants_sorted_(description.wants_sorted != 0), random_(seed) {}

DoorWindow Source::noise(std::size_t rows, double mean, double deviation) {
  return drawn(rows, [&] { return mean + deviation * random_.normal(); });
}

DoorWindow Source::window(const std::vector<double>& values) {
  return make(std::vector<std::vector<double>>(columns_, values));
}

DoorWindow Source::drawn(std::size_t rows, const std::function<double()>& draw) {
  std::vector<std::vector<double>> columns(columns_, std::vector<double>(rows));
  for (auto& column : columns) std::generate(column.begin(), column.end(), draw);
  return make(std::move(columns));
}

DoorWindow Source::make(std::vector<std::vector<double>> columns) {
  std::vector<std::int64_t> times(columns.front().size());
  for (std::int64_t& time : times) time = clock_ += second;
  return {std::move(columns), std::move(times), wants_sorted_};
}

}  // namespace oddity::conformance
