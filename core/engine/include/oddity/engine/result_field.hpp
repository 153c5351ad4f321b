// One field of the result of a window, under the name that users see.
//
// LIFE CYCLE
//   1. Engine::judge makes them; a Judgement refers to them.
//   2. They are valid until the next call of Engine::judge; the texts of the names as long as the engine.
#pragma once

#include <string_view>
#include <variant>

namespace oddity {

/// `t`, `pvalue`, `score`, `anomalous`, `observed`, `why`, ...
struct ResultField {
  /// `[field.][algorithm.]output`; the parts in brackets only where there are several. Owned by the engine.
  std::string_view name;
  /// Doubles are finite. The one text is `why`: UTF-8 of one line, owned by the detector, empty where the window
  /// is not anomalous.
  std::variant<double, bool, std::string_view> value;
};

}  // namespace oddity
