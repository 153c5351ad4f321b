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

  /// What is said of the first line that is taken for one of them.
  std::string passed_over(std::string_view measurement) const {
    const bool chosen = !measurement.starts_with(prefix);
    return std::string("a line is named '")
        .append(measurement.substr(0, 100))
        .append("', as results of ours are (")
        .append(chosen ? "--name" : "they begin with 'oddity_'")
        .append("): such lines are taken for results that came back, and are not judged; ")
        .append(chosen ? "another --name tells them apart" : "another measurement tells them apart")
        .append(" (the first one; others are counted)");
  }
};

}  // namespace oddity::live
