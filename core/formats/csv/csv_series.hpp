// Which rows of a table are of one series, by the texts that its measurement and tags have.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "csv/csv_table.hpp"
#include "row/known_texts.hpp"
#include "row/row.hpp"

namespace oddity::formats {

/// 1. CsvSeries(table, numbers) for each table;
/// 2. of(texts) for each row.
class CsvSeries {
 public:
  /// `numbers`: those that earlier tables of the file took.
  CsvSeries(const CsvTable& table, std::uint32_t numbers);

  /// Of measurement, where there is one, and tags: where their texts stand.
  std::span<const std::size_t> columns() const noexcept { return columns_; }
  /// `texts`: one a column of columns(). Valid as long as this; nullptr: there is no room for more.
  const KnownSeries* of(std::span<const std::string_view> texts);
  std::uint32_t numbers() const noexcept { return numbers_; }

 private:
  using Known = KnownTexts<KnownSeries>;
  void describe(std::span<const std::string_view> texts, Known::Known& known) const;

  const bool has_measurement_;
  std::vector<std::string> tag_names_;
  std::vector<std::size_t> columns_;
  std::uint32_t numbers_;
  std::string joined_;
  Known known_{std::size_t{1} << 16};
  Known::Known* last_ = nullptr;
};

}  // namespace oddity::formats
