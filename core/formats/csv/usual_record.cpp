#include "csv/usual_record.hpp"

#include <algorithm>

#include "row/plain_number.hpp"

namespace oddity::formats {

bool UsualRecords::is_usual(const CsvTable& table, char separator) {
  if (separator != ',' || table.field_name || !table.defaults.empty() || !table.diagnostics.empty())
    return false;
  std::vector<std::size_t> uses(table.names.size());
  ++uses[table.time];
  if (table.measurement) ++uses[*table.measurement];
  for (const auto& [name, column] : table.tags) ++uses[column];
  for (const auto& field : table.fields) {
    if (!field) return false;
    ++uses[*field];
  }
  return std::all_of(uses.begin(), uses.end(), [](std::size_t times) { return times < 2; });
}

UsualRecords::UsualRecords(const CsvTable& table, char separator, std::int64_t unit)
    : separator_(separator), unit_(unit), fields_(table.fields.size()), columns_(table.names.size()) {
  columns_[table.time].use = Use::time;
  for (std::size_t field = 0; field < fields_; ++field) columns_[*table.fields[field]] = {Use::field, field};
  std::size_t text = 0;
  if (table.measurement) columns_[*table.measurement] = {Use::measurement, text++};
  for (const auto& [name, column] : table.tags) columns_[column] = {Use::tag, text++};
  texts_.resize(text);
}

bool UsualRecords::read(std::string_view line, CsvSeries& series, Row& row) {
  if (line.starts_with('#')) return false;
  if (line.ends_with('\r')) line.remove_suffix(1);
  row.clear(fields_);
  const char* at = line.data();
  const char* const end = at + line.size();
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    if (at != end && *at == '"') return false;
    const char* const begin = at;
    while (at != end && *at != separator_) ++at;
    if (columns_[column].use != Use::none &&
        !take_cell(columns_[column], std::string_view(begin, static_cast<std::size_t>(at - begin)), row))
      return false;
    const bool last = column + 1 == columns_.size();
    if (last != (at == end)) return false;  // another number of columns
    if (!last) ++at;
  }
  const KnownSeries* const known = series.of(texts_);
  if (known == nullptr) return false;
  row.set_series(*known);
  return true;
}

bool UsualRecords::take_cell(const Column& column, std::string_view cell, Row& row) {
  const char* at = cell.data();
  const char* const end = at + cell.size();
  PlainDecimal number;
  switch (column.use) {
    case Use::time: {
      const auto whole = plain_whole(cell);
      return whole && !__builtin_mul_overflow(*whole, unit_, &row.time);
    }
    case Use::field:
      if (cell.empty()) return true;
      if (!number.take(at, end) || at != end) return false;
      row.values[column.place] = number.value();
      return true;
    case Use::measurement:  // whose blanks do not count
      texts_[column.place] = cell;
      return cell.find_first_of(" \t") == std::string_view::npos;
    case Use::tag:
      texts_[column.place] = cell;
      return true;
    case Use::none:
      return true;
  }
  return false;
}

}  // namespace oddity::formats
