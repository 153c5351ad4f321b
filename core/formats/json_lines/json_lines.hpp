// Verdicts as JSON lines.
#pragma once

#include <string>
#include <vector>

#include "detect/results.hpp"
#include "window/group_window.hpp"

namespace oddity::formats {

/// One object without a newline:
/// {"time":"2016-01-01T01:05:00Z","name":"temperatures","tags":{},"fields":{"t":...}}. Doubles are written in
/// the fewest digits that read back to the same value; bytes that are no UTF-8 as U+FFFD.
std::string json_line(const window::GroupWindow& window, const std::vector<ResultField>& fields);

}  // namespace oddity::formats
