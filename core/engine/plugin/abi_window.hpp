// A window that owns its columns, for judgements of made-up data: the trial of a
// plugin, the checks of its laws.
#pragma once

#include <cstdint>
#include <vector>

#include "oddity/abi.h"

namespace oddity::plugin {

/// Owns everything that abi() points to. May be moved: all of it is on the heap.
class AbiWindow {
 public:
  /// `columns`: of equal length, at least one row. Sorted copies only where `wants_sorted`: as in the engine,
  /// a plugin that did not ask gets NULL. All rows are fresh.
  AbiWindow(std::vector<std::vector<double>> columns, std::vector<std::int64_t> times, bool wants_sorted);
  AbiWindow(AbiWindow&&) = default;
  AbiWindow& operator=(AbiWindow&&) = default;

  const oddity_window& abi() const noexcept { return abi_; }
  const std::vector<std::vector<double>>& columns() const noexcept { return values_; }
  const std::vector<std::int64_t>& times() const noexcept { return times_; }
  std::uint64_t rows() const noexcept { return abi_.rows; }
  /// The same window of which only the last `fresh` rows are fresh.
  AbiWindow with_fresh(std::uint64_t fresh) &&;

 private:
  std::vector<std::vector<double>> values_;
  std::vector<std::vector<double>> sorted_;
  std::vector<std::int64_t> times_;
  std::vector<oddity_column> columns_;
  std::vector<const oddity_column*> pointers_;
  oddity_window abi_{};
};

}  // namespace oddity::plugin
