// What a file is whose first line is no line protocol.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace oddity::replay {

/// A sentence about a line that could not be read as line protocol, where it looks like the header of a CSV with a time or one of
/// `fields`, like JSON, Prometheus' text, or a spreadsheet; else empty. `time_column`: as of CsvColumns.
std::string other_format(std::string_view line, const std::string& time_column,
                         const std::vector<std::string>& fields);

}  // namespace oddity::replay
