// Columns with texts that nobody asked for, such as `host`: they may tell apart rows that are judged as one series.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "csv/csv_record.hpp"

namespace oddity::formats {

/// 1. begin(names, used) at each header, of as many files as there are;
/// 2. code(record) for each row;
/// 3. columns().
///
/// A column is watched as long as it holds at most 255 different texts and no number; the first four that hold
/// a text are. A code has a byte for each, and rows of the same texts have the same.
class UnusedTexts {
 public:
  static constexpr std::size_t max_columns = 4;
  static constexpr std::size_t max_texts = 255;

  /// `used`: one a name; a column of the same name in another file is the same one.
  void begin(const std::vector<std::string>& names, const std::vector<bool>& used);
  std::uint32_t code(const CsvRecord& record);
  /// Whether any column of this table is still watched: else each code is 0.
  bool watches() const noexcept { return !here_.empty(); }

  struct Column {
    std::string name;
    std::size_t place = 0;           ///< of its byte in a code
    std::vector<std::string> texts;  ///< in the order in which they came
  };
  /// Those that were watched to the end.
  std::vector<Column> columns() const;
  static bool differ(std::uint32_t one, std::uint32_t other, std::size_t place) noexcept {
    return ((one ^ other) >> (8 * place) & 0xff) != 0;
  }

 private:
  enum class Kind : std::uint8_t { empty, texts, other };
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  struct Watched {
    Kind kind = Kind::empty;
    std::size_t place = 0;
    std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers;  ///< of its texts, from 1
  };
  std::uint32_t number_of(Watched& column, std::string_view text);

  std::unordered_map<std::string, std::unique_ptr<Watched>> by_name_;
  std::vector<std::pair<std::size_t, Watched*>> here_;  ///< in this table, by their places in it
  std::size_t places_ = 0;
};

}  // namespace oddity::formats
