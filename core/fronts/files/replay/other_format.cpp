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

std::string unpack_with(const std::string& program) {
  return "this is packed with " + program + ", which is not read: " + program + " -dc unpacks it";
}

/// By what such files begin with; gzip within gzip, too, which is read as far as the inner one.
std::string other_packing(std::string_view line) {
  constexpr std::string_view zip("PK\x03\x04"),
      xz("\xfd"
         "7zXZ"),
      lz4("\x04\x22\x4d\x18"), seven("7z\xbc\xaf");
  constexpr std::string_view gzip("\x1f\x8b"), zstd("\x28\xb5\x2f\xfd"), bzip2_block("1AY&SY");
  constexpr std::size_t block = 4;  // behind "BZh9"
  if (line.starts_with(zip)) return "this is a ZIP archive, as spreadsheets are: save it as CSV";
  if (line.starts_with("BZh") && line.size() > block && line.substr(block).starts_with(bzip2_block))
    return unpack_with("bzip2");
  if (line.starts_with(xz)) return unpack_with("xz");
  if (line.starts_with(lz4)) return unpack_with("lz4");
  if (line.starts_with(seven)) return "this is a 7-Zip archive, which is not read: unpack it before";
  if (line.starts_with(gzip) || line.starts_with(zstd)) return "this is packed twice: unpack it once before";
  constexpr std::size_t of_tar = 257;
  if (line.size() > of_tar && line.substr(of_tar).starts_with("ustar"))
    return "this is a tar archive, which is not read: unpack its files before";
  return "";
}

}  // namespace

std::string no_lines_of_text(std::string_view line) {
  if (const std::string packed = other_packing(line); !packed.empty()) return packed;
  if (line.starts_with('{') || line.starts_with('['))
    return "this looks like JSON, which is not read: it has to become CSV or line protocol";
  if (const std::size_t end = line.find('\r');
      end != std::string_view::npos && end + 1 < line.size() && line[end + 1] != '\r')
    return "its lines end with a carriage return alone: tr '\\r' '\\n' makes them lines";
  return "";
}

std::string other_format(std::string_view line, const std::string& time_column,
                         const std::vector<std::string>& fields) {
  if (const std::string other = no_lines_of_text(line); !other.empty()) return other;
  if (const std::size_t labels = line.find('{'); labels < line.find(' ') && labels < line.find(','))
    return "this looks like Prometheus' text, which is not read: it has to become CSV or line protocol";
  if (is_csv_header(line, time_column, fields))
    return "this looks like the header of a CSV: --format csv reads it";
  return "";
}

}  // namespace oddity::replay
