// What a file is whose first line is neither line protocol nor CSV.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace oddity::replay {

/// A sentence about the first line of a file, where it is packed in a way that is not read (bzip2, xz, tar, twice), JSON, or
/// without newlines; else empty.
std::string no_lines_of_text(std::string_view line);

/// A sentence about a line that could not be read as line protocol, where it looks like the header of a CSV with a time or one of
/// `fields`, like Prometheus' text, or as of no_lines_of_text(); else empty. `time_column`: as of CsvColumns.
std::string other_format(std::string_view line, const std::string& time_column,
                         const std::vector<std::string>& fields);

}  // namespace oddity::replay
