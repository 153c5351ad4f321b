// Merging, checking and wording of options: the only place that does it, for TICKscript, YAML and the command
// line alike.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "oddity/door.h"
#include "options/setting.hpp"

namespace oddity::options {

/// One resolved option of a plugin, owning its values; at least one unless the spec says list.
struct Resolved {
  std::string name;
  std::variant<std::vector<std::uint8_t>, std::vector<std::int64_t>, std::vector<double>,
               std::vector<std::string>>
      values;
  std::int32_t type = ODDITY_INT;
  bool shapes_state = false;

  /// As it would stand in YAML; for the log, `plugin describe` and the digest of the state.
  std::string text() const;
};

/// One chosen algorithm with all of its declared options, in declared order.
struct Choice {
  std::string algorithm;
  std::vector<Resolved> options;
};

/// What a use of the engine runs with.
struct Plan {
  std::vector<std::string> fields;    ///< at least one, no duplicates
  double alpha = 0;                   ///< in (0, 1)
  std::int64_t ttl = 0;               ///< ns of the data's time after which a group is forgotten; 0: never
  std::int64_t max_groups = 100'000;  ///< at least 1
  std::vector<Choice> choices;        ///< at least one, no duplicates
  std::vector<std::string> notes;     ///< what the log should say: "size is not used by 'xyz'"

  /// "field=hotend size=3600 alpha=0.001 algorithm=ttest", for the log line at start.
  std::string text() const;
};

/// The options that an algorithm of this name declares, for as long as resolve() runs; throws oddity::Error
/// when there is none that can be used.
using Describe = std::function<std::span<const oddity_option_spec>(std::string_view algorithm)>;

/// Merges and checks. Throws one oddity::Error with *all* complaints. Repeating field or algorithm at a
/// higher precedence replaces the lower one's list; repeating a single-use option within one origin is an
/// error. Numbers: an INT is taken where a DOUBLE is declared.
Plan resolve(const Settings& settings, const Describe& describe);

}  // namespace oddity::options
