// Fuzzes the reading of CSV: headers, annotations, records, a quoted field that stays
// open joined with the next line.
//
// Input: the precision, then the lines.
//
// Holds:
// - a record is split into fields, or open, or unreadable; splitting line by line
//   gives what splitting at once gives;
// - fields that are written in quotes are read again; a row that is written again is
//   read to the same row, to the bit;
// - values are finite or missing; what cannot be read has a diagnostic, a header too.
#include <fmt/format.h>

#include "base/error.hpp"
#include "csv/csv.hpp"
#include "fuzz.hpp"
#include "rows.hpp"

namespace oddity::fuzz {
namespace {

using formats::CsvRecord;
using formats::Parsed;
using formats::Row;

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
  CsvRecord again(record.separator());
  require(again.split(text) == Parsed::row && fields_of(again) == fields,
          "line by line or at once is the same");
  const std::string line = written(fields);
  again.set_separator(',');
  require(again.split(line) == Parsed::row && fields_of(again) == fields, "written fields are read again");
}

/// Takes a record off the front of `text`, as long as it is open with the next line too.
void take_record(std::string_view& text, char separator) {
  CsvRecord record(separator);
  std::size_t end = std::min(text.find('\n'), text.size());
  Parsed parsed = record.split(text.substr(0, end));
  while (parsed == Parsed::open && end < text.size()) {
    require(text.substr(0, end).find('"') != std::string_view::npos, "only a quote leaves a record open");
    end = std::min(text.find('\n', end + 1), text.size());
    parsed = record.extend(text.substr(0, end));
  }
  if (parsed == Parsed::row) check_record(record, text.substr(0, end));
  text.remove_prefix(std::min(end + 1, text.size()));
}

/// A file, line by line.
class Reader {
 public:
  Reader(formats::TimeReader& times, std::string_view text)
      : text_(text),
        parser_(
            {{"x"}, {"", {"host"}, ""}, {}}, times, [] { return std::string("rows.csv:1"); },
            [](const std::string& note) { require(!note.empty(), "a note says something"); }) {}

  bool next(Row& row, Parsed& parsed, std::string& diagnostic) {
    if (text_.empty()) return false;
    std::size_t end = std::min(text_.find('\n'), text_.size());
    parsed = parser_.parse(text_.substr(0, end), row, diagnostic);
    while (parsed == Parsed::open && end < text_.size()) {
      end = std::min(text_.find('\n', end + 1), text_.size());
      parsed = parser_.extend(text_.substr(0, end), row, diagnostic);
    }
    // Views into the record's text stay good: the text is the input.
    text_.remove_prefix(std::min(end + 1, text_.size()));
    return true;
  }

 private:
  std::string_view text_;
  formats::CsvParser parser_;
};

void check_written(const Row& row) {
  const auto number = [](double value) {
    return std::isnan(value) ? std::string("none") : fmt::format("{}", value);
  };
  const std::string file = written({"host", "time", "x"}) + "\n" +
                           written({row.tags.empty() ? "" : std::string(row.tags[0].second),
                                    fmt::format("{}", row.time), number(row.values[0])});
  formats::TimeReader times(formats::Precision::ns, "");
  Reader reader(times, file);
  Row again;
  Parsed parsed{};
  std::string diagnostic;
  require(reader.next(again, parsed, diagnostic) && parsed == Parsed::nothing, "a written header is read");
  require(reader.next(again, parsed, diagnostic) && parsed == Parsed::row, "a written row is read");
  again.name = row.name;
  if (row.tags.size() <= 1 && (row.tags.empty() || row.tags[0].first == "host"))
    require(same(row, again), "to the same row");
}

void check(std::string_view text, formats::Precision precision) {
  for (std::string_view rest = text; !rest.empty();) take_record(rest, formats::likely_separator(text));
  formats::TimeReader times(precision, "");
  Reader reader(times, text);
  Row row;
  Parsed parsed{};
  std::string diagnostic;
  try {
    for (; reader.next(row, parsed, diagnostic); diagnostic.clear()) {
      if (parsed == Parsed::unreadable)
        require(!diagnostic.empty() && diagnostic.size() < 1000,
                "a record that cannot be read has a short diagnostic");
      if (parsed != Parsed::row) continue;
      check_row(row, 1);
      check_written(row);
    }
  } catch (const Error& wrong) {
    require(!wrong.diagnostics().empty(), "a header that cannot be used has a diagnostic");
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
