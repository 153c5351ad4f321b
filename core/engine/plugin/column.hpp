// One field of one window as the struct of the ABI.
#pragma once

#include <span>

#include "oddity/abi.h"
#include "oddity/moments.hpp"

namespace oddity::plugin {

/// Refers to `values` (at least one, all finite) and to `sorted`, their ascending copy; nullptr where no
/// detector asks for one.
inline oddity_column column_of(std::span<const double> values, const double* sorted) noexcept {
  const Moments moments = moments_of(values);
  oddity_column column{};
  column.struct_size = sizeof column;
  column.values = values.data();
  column.sorted = sorted;
  column.mean = moments.mean;
  column.sum_of_squares = moments.sum_of_squares;
  column.min = moments.min;
  column.max = moments.max;
  column.mean_rest = moments.mean_rest;
  return column;
}

}  // namespace oddity::plugin
