// A source of windows for the checks.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "conformance/random.hpp"
#include "plugin/abi_window.hpp"
#include "plugin/description.hpp"

namespace oddity::conformance {

using plugin::AbiWindow;

/// A source of windows, each later than all before, a row a second.
class Source {
 public:
  static constexpr std::size_t usual_rows = 20;
  static constexpr double usual_mean = 20;

  Source(const plugin::DetectorDescription& description, std::uint32_t columns, std::uint64_t seed);

  /// Independent normal numbers, every column its own.
  AbiWindow noise(std::size_t rows = usual_rows, double mean = usual_mean, double deviation = 1);
  /// A window whose columns all have these values.
  AbiWindow window(const std::vector<double>& values);
  /// A window with each value from a call of `draw`.
  AbiWindow drawn(std::size_t rows, const std::function<double()>& draw);

  Random& random() noexcept { return random_; }

 private:
  AbiWindow make(std::vector<std::vector<double>> columns);

  std::uint32_t columns_;
  bool wants_sorted_;
  Random random_;
  std::int64_t clock_ = 1'700'000'000'000'000'000;
};

}  // namespace oddity::conformance
