#include "csv/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "row/diagnostic.hpp"
#include "row/number.hpp"

namespace oddity::formats {
namespace {

std::string_view without_blanks(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

/// The mark with which spreadsheets begin a file stands within one where files were joined.
std::string_view without_mark(std::string_view text) {
  constexpr std::string_view mark = "\xef\xbb\xbf";
  if (!text.starts_with(mark)) return text;
  text.remove_prefix(mark.size());
  if (text.size() > 1 && text.starts_with('"') && text.ends_with('"')) text = text.substr(1, text.size() - 2);
  return text;
}

std::string_view name_at(const CsvRecord& record, std::size_t column) {
  return without_blanks(without_mark(without_blanks(record[column])));
}

std::vector<std::string> names_of(const CsvRecord& record) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < record.size(); ++i) names.emplace_back(name_at(record, i));
  return names;
}

/// Of a query without yield(): the results of one that has several are as many series.
constexpr std::string_view unnamed_result = "_result";

constexpr std::size_t failure_column = 1;

bool is_number(std::string_view text, char separator) {
  return parse_double(text).has_value() || (separator != ',' && parse_double_with_comma(text).has_value());
}

}  // namespace

Parsed CsvParser::parse_any(std::string_view line, Row& row, std::string& diagnostic) {
  if (line.starts_with('#')) return take_comment(line, row, diagnostic);
  if (take_separator(line)) return Parsed::nothing;
  if (!separator_known_) record_.set_separator(likely_separator(line));
  return take(record_.split(line), row, diagnostic);
}

Parsed CsvParser::extend(std::string_view longer, Row& row, std::string& diagnostic) {
  return take(record_.extend(longer), row, diagnostic);
}

/// "sep=;", as spreadsheets write and read it, before a header.
bool CsvParser::take_separator(std::string_view line) {
  constexpr std::size_t longest = 11;  // with a mark before it, in quotes, and a carriage return
  if (line.size() > longest) return false;
  if (line.ends_with('\r')) line.remove_suffix(1);
  line = without_mark(line);
  if (line.starts_with('"') && line.ends_with('"') && line.size() > 1) line = line.substr(1, line.size() - 2);
  if (line.size() != 5 || !line.starts_with("sep=")) return false;
  record_.set_separator(line[4]);
  separator_known_ = header_is_due_ = true;
  usual_.reset();
  ++tables_;
  return true;
}

Parsed CsvParser::take_comment(std::string_view line, Row& row, std::string& diagnostic) {
  const std::string_view name = line.substr(0, line.find_first_of(",\r"));
  std::vector<std::string>* const annotation = name == "#datatype"  ? &annotations_.types
                                               : name == "#group"   ? &annotations_.groups
                                               : name == "#default" ? &annotations_.defaults
                                                                    : nullptr;
  if (annotation != nullptr) {
    if (!annotating_) annotations_ = {};
    annotating_ = header_is_due_ = separator_known_ = influx_ = true;
    usual_.reset();
    ++tables_;
    record_.set_separator(',');
    if (record_.split(line) == Parsed::row) *annotation = names_of(record_);
    if (!annotation->empty()) annotation->front().clear();
    return Parsed::nothing;
  }
  if (!header_is_due_ && is_row(line)) return row_of(row, diagnostic);
  const std::string_view text = without_blanks(line.substr(1));
  if (!is_header_in_comment(text)) return Parsed::nothing;
  header_is_due_ = true;
  return take(record_.split(text), row, diagnostic);
}

/// A line whose first column happens to begin as a comment does.
bool CsvParser::is_row(std::string_view line) {
  if (record_.split(line) != Parsed::row || record_.size() != table_->names.size()) return false;
  return table_->time != 0 && table_->has_time() && has_readable_time();
}

/// It has a column for the time and all fields; and then the separator is its own.
bool CsvParser::is_header_in_comment(std::string_view text) {
  CsvRecord candidate(separator_known_ ? record_.separator() : likely_separator(text));
  if (candidate.split(text) != Parsed::row || candidate.size() < 2) return false;
  const std::vector<std::string> names = names_of(candidate);
  const bool has_fields = std::all_of(choice_.fields.begin(), choice_.fields.end(), [&](const auto& field) {
    return std::find(names.begin(), names.end(), field) != names.end();
  });
  if (!has_fields || time_column(names, choice_.columns.time) == names.size()) return false;
  record_.set_separator(candidate.separator());
  return true;
}

Parsed CsvParser::take(Parsed split, Row& row, std::string& diagnostic) {
  if (split == Parsed::open) return split;
  if (split == Parsed::unreadable) {
    diagnostic = "expected a separator or the end of the line after a closing quote";
    return split;
  }
  if (record_.blank()) {
    // The tables of an export without annotations are separated by nothing but an empty line.
    if (table_ && (table_->field_name || influx_)) header_is_due_ = true;
    return Parsed::nothing;
  }
  if (header_is_due_) {
    return header();
  }
  return row_of(row, diagnostic);
}

/// Of a line that is no row. For joined files, whose columns may stand in another order, the time's under another
/// name: it names the column of the time, or a chosen field and nothing that is a number.
bool CsvParser::is_header() const {
  bool names_field = false;
  bool has_number = false;
  for (std::size_t i = 0; i < record_.size(); ++i) {
    const std::string_view name = name_at(record_, i);
    if (table_->has_time() && !table_->unnamed_time && name == table_->names[table_->time]) return true;
    names_field |= std::find(choice_.fields.begin(), choice_.fields.end(), name) != choice_.fields.end();
    has_number |= is_number(name, record_.separator());
  }
  return names_field && !has_number && !table_->field_name && record_.size() > 1;
}

Parsed CsvParser::header() {
  const bool first = !table_;
  const bool time_had_name = first || !table_->unnamed_time;
  separator_known_ = true;
  header_is_due_ = false;
  if (!std::exchange(annotating_, false)) annotations_ = {};
  ++tables_;
  table_ = csv_table(names_of(record_), annotations_, choice_, record_.separator());
  if (first && !table_->diagnostics.empty() && !influx_) {
    for (Diagnostic& diagnostic : table_->diagnostics) diagnostic.where = where_();
    throw Error(table_->diagnostics);
  }
  if (table_->unnamed_time && time_had_name)
    note_("the time is taken from the first column, which has no name (--time-column names another)");
  if (first) note_other_times();
  begin_texts();
  times_.set_unit(table_->time_is_ns ? std::optional(Precision::ns) : std::nullopt);
  series_.emplace(*table_, series_ ? series_->numbers() : 0);
  begin_usual();
  return Parsed::nothing;
}

void CsvParser::begin_usual() {
  usual_.reset();
  if (!influx_ && !times_.has_format() && !table_->clock && !table_->date &&
      UsualRecords::is_usual(*table_, record_.separator()))
    usual_.emplace(*table_, record_.separator(), static_cast<std::int64_t>(times_.unit()));
}

void CsvParser::begin_texts() {
  texts_watched_ = texts_ != nullptr && !influx_ && !table_->field_name && table_->diagnostics.empty();
  if (!texts_watched_) return;
  std::vector<bool> used(table_->names.size());
  used[table_->time] = true;
  if (table_->measurement) used[*table_->measurement] = true;
  for (const auto& field : table_->fields) used[field.value_or(table_->time)] = true;
  for (const auto& [name, column] : table_->tags) used[column] = true;
  for (const auto& column : {table_->clock, table_->date}) used[column.value_or(table_->time)] = true;
  texts_->begin(table_->names, used);
}

/// Blanks around it do not count; an empty one is its column's default.
std::string_view CsvParser::cell(std::size_t column) const {
  const std::string_view text = without_blanks(record_[column]);
  return text.empty() && column < table_->defaults.size() ? table_->defaults[column] : text;
}

/// Of the table with which InfluxDB ends what it could not finish: ,error,reference.
bool CsvParser::is_failure() const {
  return influx_ && failure_column < std::min(table_->names.size(), record_.size()) &&
         table_->names[failure_column] == "error";
}

Parsed CsvParser::row_of(Row& row, std::string& diagnostic) {
  if (!table_->diagnostics.empty()) {
    if (is_header()) return header();
    const Diagnostic& lacks = table_->diagnostics.front();
    diagnostic = is_failure() ? fmt::format("the query failed: {}", found(cell(failure_column)))
                              : fmt::format("expected {}, got {}", lacks.expected, lacks.found);
    return Parsed::unreadable;
  }
  if (record_.size() != table_->names.size()) {
    if (is_header()) return header();
    diagnostic = fmt::format("expected {} columns, got {}", table_->names.size(), record_.size());
    return Parsed::unreadable;
  }
  std::optional<std::size_t> one;  // the field that the row holds
  if (table_->field_name) {
    const auto field = std::find(choice_.fields.begin(), choice_.fields.end(), cell(*table_->field_name));
    if (field == choice_.fields.end()) {
      ++other_fields_;
      return Parsed::nothing;
    }
    one = static_cast<std::size_t>(field - choice_.fields.begin());
  }
  row.clear(choice_.fields.size());
  if (!read_time(row, diagnostic)) return is_header() ? header() : Parsed::unreadable;
  if (table_->measurement) row.name = cell(*table_->measurement);
  take_tags(row);
  set_series(row);
  if (texts_watched_) row.texts = texts_->code(record_);
  if (one) take_value(*one, table_->field_value, row);
  for (std::size_t field = 0; field < table_->fields.size(); ++field) {
    if (table_->fields[field]) take_value(field, *table_->fields[field], row);
  }
  return Parsed::row;
}

void CsvParser::take_tags(Row& row) const {
  for (const auto& [name, column] : table_->tags) {
    std::string_view value = record_[column];
    if (value.empty() && column < table_->defaults.size()) value = table_->defaults[column];
    if (!value.empty() && !(value == unnamed_result && name == "result")) row.tags.emplace_back(name, value);
  }
}

/// Where the cells mean what they hold.
void CsvParser::set_series(Row& row) {
  if (!table_->defaults.empty()) return;
  texts_of_series_.clear();
  for (const std::size_t column : series_->columns()) {
    const bool is_measurement = texts_of_series_.empty() && table_->measurement;
    texts_of_series_.push_back(is_measurement ? row.name : record_[column]);
  }
  row.known = series_->of(texts_of_series_);
}

void CsvParser::take_value(std::size_t field, std::size_t column, Row& row) {
  const std::string_view text = cell(column);
  row.values[field] =
      record_.separator() == ',' ? parse_double(text).value_or(missing) : decimal_marks_.number(text, field);
  if (std::isnan(row.values[field]) && !means_missing(text)) row.no_numbers.push_back({field, text});
}

}  // namespace oddity::formats
