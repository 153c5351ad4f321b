// One field of a window as the host hands it through the door.
#pragma once

#include <span>

#include "oddity/door.h"
#include "oddity/moments.hpp"

namespace oddity::plugin {

/// `values`: not empty; `sorted`: the same in ascending order, or null. The column refers to both.
inline oddity_column door_column(std::span<const double> values, const double* sorted) noexcept {
  const Moments moments = moments_of(values);
  return {.struct_size = sizeof(oddity_column),
          .values = values.data(),
          .sorted = sorted,
          .mean = moments.mean,
          .sum_of_squares = moments.sum_of_squares,
          .least = moments.least,
          .most = moments.most,
          .mean_rest = moments.mean_rest};
}

}  // namespace oddity::plugin
