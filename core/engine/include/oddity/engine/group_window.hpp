// A finished window of one group: what every host makes and the engine judges.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace oddity {

/// Tags sorted by key, keys unique.
using Tags = std::vector<std::pair<std::string, std::string>>;

/// Columns of the chosen fields over the window's rows, in order of arrival. A value that is missing (absent,
/// no number, not finite) is NaN; the engine drops it, field by field.
struct GroupWindow {
  std::string group;                ///< Kapacitor's key of the group, an opaque text; the key of the state
  std::string name;                 ///< measurement
  Tags tags;                        ///< the group's tags only; their keys are the dimensions
  bool by_name = false;             ///< grouped by measurement too
  std::int64_t end = 0;             ///< tmax, ns since 1970 UTC; need not lie after the last row
  std::vector<std::int64_t> times;  ///< ns since 1970 UTC
  std::vector<std::vector<double>> columns;  ///< one for each chosen field, each as long as `times`

  std::size_t rows() const noexcept { return times.size(); }
};

}  // namespace oddity
