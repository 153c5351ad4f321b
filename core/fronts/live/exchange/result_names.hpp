// What results are called, and so which lines are results that came back.
#pragma once

#include <string>
#include <string_view>

namespace oddity::live {

struct ResultNames {
  std::string one;  ///< of all results; empty: the prefix and the measurement
  static constexpr std::string_view prefix = "oddity_";

  std::string of(std::string_view measurement) const {
    return one.empty() ? std::string(prefix).append(measurement) : one;
  }

  /// A subscription brings results back where they lie beside what is judged.
  bool has(std::string_view measurement) const {
    return measurement.starts_with(prefix) || (!one.empty() && measurement == one);
  }
};

}  // namespace oddity::live
