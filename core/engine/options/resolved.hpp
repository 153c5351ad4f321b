// One option's value, checked.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "oddity/abi.h"

namespace oddity::options {

/// Owns its values: exactly one unless the spec says list.
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

}  // namespace oddity::options
