#include "csv/csv_series.hpp"

namespace oddity::formats {

CsvSeries::CsvSeries(const CsvTable& table, std::uint32_t numbers)
    : has_measurement_(table.measurement.has_value()), numbers_(numbers) {
  if (table.measurement) columns_.push_back(*table.measurement);
  for (const auto& [name, column] : table.tags) {
    tag_names_.push_back(name);
    columns_.push_back(column);
  }
}

/// Each text stands in what is known with its length before it, so that no two rows of other texts look the same.
const KnownSeries* CsvSeries::of(std::span<const std::string_view> texts) {
  joined_.clear();
  for (const std::string_view text : texts) {
    const std::size_t size = text.size();
    joined_.append(reinterpret_cast<const char*>(&size), sizeof size).append(text);
  }
  Known::Known* known = Known::guessed(last_, joined_);
  if (known == nullptr || known->text.size() != joined_.size()) known = known_.find(joined_);
  if (known == nullptr) {
    known = known_.add(joined_, {});
    if (known == nullptr) return nullptr;
    known->what.number = ++numbers_;
    describe(texts, *known);
  }
  Known::follow(last_, known);
  last_ = known;
  return &known->what;
}

void CsvSeries::describe(std::span<const std::string_view> texts, Known::Known& known) const {
  std::size_t at = 0;
  const auto kept = [&](std::string_view text) {
    at += sizeof(std::size_t) + text.size();
    return std::string_view(known.text).substr(at - text.size(), text.size());
  };
  std::size_t text = 0;
  if (has_measurement_) known.what.name = kept(texts[text++]);
  for (const std::string& name : tag_names_) {
    const std::string_view value = kept(texts[text++]);
    if (!value.empty()) known.what.tags.emplace_back(name, value);
  }
}

}  // namespace oddity::formats
