// Fuzzes the reading of CSV: a header, then records, a quoted field that stays open joined with the next
// line.
//
// Input: the precision, then the lines.
//
// Holds:
// - a record is split into fields, or open, or unreadable; splitting line by line gives what splitting at
// once gives;
// - fields that are written in quotes are read again; a row that is written again is read to the same row, to
// the bit;
// - values are finite or missing; what cannot be read has a complaint, a header too.
#include <fmt/format.h>

#include "base/error.hpp"
#include "fuzz.hpp"
#include "csv/csv.hpp"
#include "rows.hpp"

namespace oddity::fuzz {
namespace {

using replay::CsvRecord;
using replay::Parsed;
using replay::Row;

std::vector<std::string> fields_of(const CsvRecord& record) {
  std::vector<std::string> fields;
  for (std::size_t i = 0; i < record.size(); ++i) fields.emplace_back(record[i]);
  return fields;
}

std::string written(const std::vector<std::string>& fields) {
  std::string line;
  for (const std::string& field : fields) {
    line += line.empty() ? "\"" : ",\"";
    for (const char c : field) line += c == '"' ? std::string("\"\"") : std::string(1, c);
    line += '"';
  }
  return line;
}

void check_record(const CsvRecord& record, std::string_view text) {
  const std::vector<std::string> fields = fields_of(record);
  CsvRecord again;
  require(again.split(text) == Parsed::row && fields_of(again) == fields,
          "line by line or at once is the same");
  const std::string line = written(fields);
  require(again.split(line) == Parsed::row && fields_of(again) == fields, "written fields are read again");
}

/// Takes a record off the front of `text`, as long as it is open with the next line too.
Parsed take_record(std::string_view& text, CsvRecord& record) {
  std::size_t end = std::min(text.find('\n'), text.size());
  Parsed parsed = record.split(text.substr(0, end));
  while (parsed == Parsed::open && end < text.size()) {
    require(text.substr(0, end).find('"') != std::string_view::npos, "only a quote leaves a record open");
    end = std::min(text.find('\n', end + 1), text.size());
    parsed = record.extend(text.substr(0, end));
  }
  if (parsed == Parsed::row) check_record(record, text.substr(0, end));
  // Views into the record's text stay good: the text is the input.
  text.remove_prefix(std::min(end + 1, text.size()));
  return parsed;
}

void check_written(const Row& row) {
  const auto number = [](double value) {
    return std::isnan(value) ? std::string("none") : fmt::format("{}", value);
  };
  const std::string header = written({"host", "time", "x"});
  const std::string line = written({row.tags.empty() ? "" : std::string(row.tags[0].second),
                                    fmt::format("{}", row.time), number(row.values[0])});
  replay::CsvParser parser({"x"}, {"", {"host"}}, replay::Precision::ns);
  CsvRecord record;
  Row again;
  std::string complaint;
  require(record.split(header) == Parsed::row, "a written header is read");
  parser.header(record, "again.csv:1");
  require(record.split(line) == Parsed::row && parser.parse(record, again, complaint),
          "a written row is read");
  require(same(row, again), "to the same row");
}

void check(std::string_view text, replay::Precision precision) {
  replay::CsvParser parser({"x"}, {"", {"host"}}, precision);
  CsvRecord record;
  take_record(text, record);
  try {
    parser.header(record, "rows.csv:1");
  } catch (const Error& wrong) {
    return require(!wrong.complaints().empty(), "a header that cannot be used has a complaint");
  }
  Row row;
  while (!text.empty()) {
    if (take_record(text, record) != Parsed::row) continue;
    std::string complaint;
    if (!parser.parse(record, row, complaint)) {
      require(!complaint.empty() && complaint.size() < 300,
              "a record that cannot be read has a short complaint");
      continue;
    }
    check_row(row, 1);
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
