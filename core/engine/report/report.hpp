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

/// Names `[field.][algorithm.]output`, the parts only where there are several. Of every sensor that found
/// something: its own outputs in declared order, pvalue, score, anomalous, and what else it offers (observed,
/// expected, lower, upper, effect); of a window that was judged, the same each time. Where there are several
/// sensors, pvalue, score and anomalous without a prefix are the overall ones. What is absent is left out; no
/// field at all means that nothing is to be sent.
///
/// `fields` is reused: its strings keep their memory.
void name_fields(const detect::Verdict& verdict, std::vector<NamedField>& fields);

}  // namespace oddity::report
