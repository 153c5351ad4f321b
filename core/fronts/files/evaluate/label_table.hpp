// Small CSV tables beside the series: their labels, and what else is known of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace oddity::evaluate {

struct TableRow {
  std::uint64_t line = 0;
  std::vector<std::string>
      cells;  ///< one for each column that was asked for; "" where the record is too short
};

/// Reads the columns of these names, in any order in the file, plain or gzip. Throws oddity::Error where the file cannot be
/// read or its header lacks one of them.
std::vector<TableRow> read_table(const std::filesystem::path& file, std::span<const std::string> columns);

/// Whether a table has such a column.
bool has_column(const std::filesystem::path& file, const std::string& column);

}  // namespace oddity::evaluate
