#include "conformance/source.hpp"

#include <algorithm>

namespace oddity::conformance {

constexpr std::int64_t second = 1'000'000'000;

Source::Source(const plugin::DetectorDescription& description, std::uint32_t columns, std::uint64_t seed)
    : columns_(columns), wants_sorted_(description.wants_sorted), random_(seed) {}

AbiWindow Source::noise(std::size_t rows, double mean, double deviation) {
  return drawn(rows, [&] { return mean + deviation * random_.normal(); });
}

AbiWindow Source::window(const std::vector<double>& values) {
  return make(std::vector<std::vector<double>>(columns_, values));
}

AbiWindow Source::drawn(std::size_t rows, const std::function<double()>& draw) {
  std::vector<std::vector<double>> columns(columns_, std::vector<double>(rows));
  for (auto& column : columns) std::generate(column.begin(), column.end(), draw);
  return make(std::move(columns));
}

AbiWindow Source::make(std::vector<std::vector<double>> columns) {
  std::vector<std::int64_t> times(columns.front().size());
  for (std::int64_t& time : times) time = clock_ += second;
  return {std::move(columns), std::move(times), wants_sorted_};
}

}  // namespace oddity::conformance
