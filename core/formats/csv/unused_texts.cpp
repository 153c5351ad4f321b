#include "csv/unused_texts.hpp"

#include <algorithm>

#include "row/number.hpp"

namespace oddity::formats {
namespace {

bool is_number(std::string_view text) {
  return parse_double(text).has_value() || parse_double_with_comma(text).has_value();
}

}  // namespace

void UnusedTexts::begin(const std::vector<std::string>& names, const std::vector<bool>& used) {
  here_.clear();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (used[i] || names[i].empty()) continue;
    std::unique_ptr<Watched>& column = by_name_[names[i]];
    if (!column) column = std::make_unique<Watched>();
    if (column->kind != Kind::other) here_.emplace_back(i, column.get());
  }
}

std::uint32_t UnusedTexts::code(const CsvRecord& record) {
  std::uint32_t code = 0;
  bool any_ended = false;
  for (const auto& [at, column] : here_) {
    const std::string_view text = record[at];
    if (means_missing(text)) continue;
    code |= number_of(*column, text) << (8 * column->place);
    any_ended |= column->kind == Kind::other;
  }
  if (any_ended) std::erase_if(here_, [](const auto& entry) { return entry.second->kind == Kind::other; });
  return code;
}

/// 0: it is watched no longer.
std::uint32_t UnusedTexts::number_of(Watched& column, std::string_view text) {
  if (const auto known = column.numbers.find(text); known != column.numbers.end()) return known->second;
  const bool has_place = column.kind == Kind::texts || places_ < max_columns;
  if (!has_place || column.numbers.size() == max_texts || is_number(text)) {
    column.kind = Kind::other;
    column.numbers.clear();
    return 0;
  }
  if (column.kind == Kind::empty) column.place = places_++;
  column.kind = Kind::texts;
  const auto number = static_cast<std::uint32_t>(column.numbers.size() + 1);
  column.numbers.emplace(text, number);
  return number;
}

std::vector<UnusedTexts::Column> UnusedTexts::columns() const {
  std::vector<Column> columns;
  for (const auto& [name, watched] : by_name_) {
    if (watched->kind != Kind::texts) continue;
    Column& column = columns.emplace_back(Column{name, watched->place, {}});
    column.texts.resize(watched->numbers.size());
    for (const auto& [text, number] : watched->numbers) column.texts[number - 1] = text;
  }
  std::ranges::sort(columns, {}, &Column::place);
  return columns;
}

}  // namespace oddity::formats
