// One thing that is said of a window.
#pragma once

#include <string_view>
#include <variant>

namespace oddity {

/// `t`, `pvalue`, `score`, `anomalous`, `observed`, ...
struct ResultField {
  /// `[field.][algorithm.]output`, the parts only where there are several. The engine's, as long as that lives.
  std::string_view name;
  /// Doubles are finite.
  std::variant<double, bool> value;
};

}  // namespace oddity
