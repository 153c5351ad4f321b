// What is held of every verdict, whatever was restored or came in.
#pragma once

#include <cmath>
#include <vector>

#include "detect/results.hpp"
#include "fuzz.hpp"

namespace oddity::fuzz {

/// No NaN and no infinity among what users see; p-values in [0, 1]; a name once.
inline void check_fields(const detect::Verdict& verdict, const std::vector<ResultField>& fields) {
  require(std::isnan(verdict.overall.p) || (verdict.overall.p >= 0 && verdict.overall.p <= 1),
          "the overall p is in [0, 1] or absent");
  require(verdict.overall.anomalous ? verdict.overall.score >= 1 : !(verdict.overall.score > 1),
          "anomalous is a score above 1");
  std::vector<std::string_view> names;
  for (const ResultField& field : fields) {
    names.push_back(field.name);
    const double* const number = std::get_if<double>(&field.value);
    if (number == nullptr) continue;
    require(std::isfinite(*number), "what is reported is finite");
    if (field.name.ends_with("pvalue")) require(*number >= 0 && *number <= 1, "a reported p is in [0, 1]");
    if (field.name.ends_with("score")) require(*number >= 0, "a score is not negative");
  }
  std::sort(names.begin(), names.end());
  require(std::adjacent_find(names.begin(), names.end()) == names.end(), "a field is reported once");
}

}  // namespace oddity::fuzz
