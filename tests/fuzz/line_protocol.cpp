// Fuzzes the reading of line protocol, line by line, a text that stays open joined with the next line.
//
// Input: the precision, then the lines.
//
// Holds:
// - a line is a row, or open, or there is a diagnostic; only a line with a quote is open;
// - values are finite or missing, tags are not empty and each there once;
// - a line is read to the same, whatever lines were read before it: those that look like them are read another way;
// - a row that is written again is read to the same row, to the bit.
#include <fmt/format.h>

#include "fuzz.hpp"
#include "line_protocol/line_protocol.hpp"
#include "rows.hpp"

namespace oddity::fuzz {
namespace {

using formats::Parsed;
using formats::Row;

const std::vector<std::string> fields{"x", "hot end"};

std::string escaped(std::string_view text, std::string_view escapable) {
  std::string out;
  for (const char c : text) {
    if (escapable.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

/// A row without any number has a text in place of one: a line needs a field.
std::string written(const Row& row) {
  std::string line = escaped(row.name, ",\" =");
  for (const auto& [key, value] : row.tags) line += "," + escaped(key, "=, ") + "=" + escaped(value, "=, ");
  line += " other=\"a \\\" text\"";
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!std::isnan(row.values[i]))
      line += "," + escaped(fields[i], "=, \"") + "=" + fmt::format("{}", row.values[i]);
  }
  return line + fmt::format(" {}", row.time);
}

void check_written(const Row& row) {
  formats::LineParser parser(fields, formats::Precision::ns);
  Row again;
  std::string diagnostic;
  const std::string line = written(row);
  require(formats::LineParser::is_row(line), "a written row is a row");
  require(parser.parse(line, again, diagnostic) == Parsed::row, "a written row is read");
  require(same(row, again), "to the same row");
}

void check_alone(std::string_view line, formats::Precision precision, Parsed parsed, const Row& row,
                 const std::string& diagnostic) {
  formats::LineParser parser(fields, precision);
  Row alone;
  std::string why;
  require(parser.parse(line, alone, why) == parsed, "a line is the same alone");
  if (parsed == Parsed::row) {
    require(same(row, alone) && row.fields_end == alone.fields_end, "the same row");
    require(row.no_numbers.size() == alone.no_numbers.size(), "with the same values that are no numbers");
  } else {
    require(why == diagnostic, "or unreadable for the same reason");
  }
}

void check(std::string_view text, formats::Precision precision) {
  formats::LineParser parser(fields, precision);
  Row row;
  for (std::size_t start = 0, end = 0; start <= text.size(); start = end + 1) {
    end = std::min(text.find('\n', start), text.size());
    if (!formats::LineParser::is_row(text.substr(start, end - start))) continue;
    std::string diagnostic;
    Parsed parsed = parser.parse(text.substr(start, end - start), row, diagnostic);
    while (parsed == Parsed::open && end < text.size()) {
      require(text.substr(start, end - start).find('"') != std::string_view::npos,
              "only a quote leaves a line open");
      end = std::min(text.find('\n', end + 1), text.size());
      parsed = parser.parse(text.substr(start, end - start), row, diagnostic);
    }
    require(parsed != Parsed::nothing, "a line that is a row is not nothing");
    check_alone(text.substr(start, end - start), precision, parsed, row, diagnostic);
    if (parsed != Parsed::row) {
      require(!diagnostic.empty() && diagnostic.size() < 300,
              "a line that cannot be read has a short diagnostic");
      continue;
    }
    check_row(row, fields.size());
    require(!row.name.empty(), "a row has a measurement");
    check_written(row);
  }
}

}  // namespace
}  // namespace oddity::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  oddity::fuzz::Input input(data, size);
  const auto precision = oddity::fuzz::precision(input);
  oddity::fuzz::check(input.rest(), precision);
  return 0;
}
