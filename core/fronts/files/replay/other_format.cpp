#include "replay/other_format.hpp"

#include <algorithm>

#include "csv/csv_record.hpp"
#include "csv/csv_table.hpp"

namespace oddity::replay {
namespace {

bool is_csv_header(std::string_view line, const std::string& time_column,
                   const std::vector<std::string>& fields) {
  while (line.starts_with('#') || line.starts_with(' ')) line.remove_prefix(1);
  if (line.starts_with("sep=")) return true;
  formats::CsvRecord record(formats::likely_separator(line));
  if (record.split(line) != formats::Parsed::row || record.size() < 2) return false;
  std::vector<std::string> names;
  for (std::size_t column = 0; column < record.size(); ++column) names.emplace_back(record[column]);
  return formats::time_column(names, time_column) != names.size() ||
         std::ranges::any_of(fields, [&](const std::string& field) {
           return std::ranges::find(names, field) != names.end();
         });
}

}  // namespace

std::string other_format(std::string_view line, const std::string& time_column,
                         const std::vector<std::string>& fields) {
  constexpr std::string_view zip("PK\x03\x04");
  if (line.starts_with(zip)) return "this is a ZIP archive, as spreadsheets are: save it as CSV";
  if (line.starts_with('{') || line.starts_with('['))
    return "this looks like JSON, which is not read: it has to become CSV or line protocol";
  if (const std::size_t labels = line.find('{'); labels < line.find(' ') && labels < line.find(','))
    return "this looks like Prometheus' text, which is not read: it has to become CSV or line protocol";
  if (is_csv_header(line, time_column, fields))
    return "this looks like the header of a CSV: --format csv reads it";
  return "";
}

}  // namespace oddity::replay
