// A finished window of one group: what every host makes and the engine judges.
//
// LIFE CYCLE
//   1. The host fills one, with a column for each of Engine::fields(), in their order.
//   2. Engine::judge(window) reads it and keeps nothing of it; a Judgement does not refer to it.
//   3. The host may clear and fill it again, so that its vectors keep their memory.
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

/// Columns of the watched fields over the window's rows, in order of arrival. A missing value (absent, not a
/// number, not finite) is NaN; the engine leaves it out, field by field.
struct GroupWindow {
  /// The group's key, an opaque text: each distinct key has a history of its
  /// own. Kapacitor's key of the group.
  std::string group;
  /// The measurement; the engine does not read it.
  std::string name;
  /// The group's own tags, whose keys are its dimensions; the engine does not read them.
  Tags tags;
  /// Whether the measurement is part of the grouping; the engine does not read it.
  bool by_name = false;
  /// The window's end, ns since 1970 UTC; it need not lie after the last row.
  std::int64_t end = 0;
  /// The rows' times, ns since 1970 UTC.
  std::vector<std::int64_t> times;
  /// One for each watched field, each as long as `times`.
  std::vector<std::vector<double>> columns;

  /// How many rows the window has; may be 0.
  std::size_t rows() const noexcept { return times.size(); }
};

}  // namespace oddity
