// Gives a verdict its names: the fields that users see, the same for every front.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "detect/pipeline.hpp"

namespace oddity::report {

struct NamedField {
  std::string name;
  std::variant<double, bool> value;  ///< doubles are finite
};

/// Names `[field.][algorithm.]output`, the parts only where there are several. For every detector with an
/// answer: its own outputs in declared order, pvalue, score, anomalous, and what else it offers (observed,
/// expected, lower, upper, effect); for judged windows always the same fields. Where there are several
/// detectors, pvalue, score and anomalous without a prefix are the overall ones. Absent values are left out;
/// no field at all means that nothing is to be sent.
///
/// `fields` is reused: its strings keep their memory.
void name_fields(const detect::Verdict& verdict, std::vector<NamedField>& fields);

}  // namespace oddity::report
