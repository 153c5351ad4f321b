// The results as a table for people.
#pragma once

#include <span>
#include <string>

#include "evaluate/evaluation.hpp"

namespace oddity::evaluate {

/// A line for each set, one for all where there are several and, `by_series`, one for each series; then the scores of NAB and UCR.
std::string table(std::span<const SetResult> sets, const SetResult& all, bool by_series);

}  // namespace oddity::evaluate
