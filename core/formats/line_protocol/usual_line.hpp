// The line of line protocol that a file is full of: a series that was there before, fields that are plain numbers, and
// a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "line_protocol/other_names.hpp"
#include "row/known_texts.hpp"
#include "row/row.hpp"

namespace oddity::formats {

/// 1. UsualLines(fields);
/// 2. read(line, unit, row, others) for each line. Where it cannot, LineParser reads the line, letter by letter;
/// 3. learn(line, row) for each row that was read so: the next line of its series is a usual one.
///
/// Reads nothing otherwise than LineParser does: it knows series and names of fields by their bytes, takes numbers and
/// times that PlainDecimal and plain_whole take, and leaves alone every line with anything else in it (escapes, texts,
/// booleans, exponents, blanks in other places). Most lines are read without a look at any byte but those of their
/// numbers: series follow each other as they did the last time, and so do fields.
class UsualLines {
 public:
  explicit UsualLines(const std::vector<std::string>& fields);

  /// False: not a usual line; `row` then holds no row. Names of fields that were not chosen are noted in `others`.
  /// `unit`: of times, in ns.
  bool read(std::string_view line, std::int64_t unit, Row& row, OtherNames& others);
  /// `row`: what `line` was read to.
  void learn(std::string_view line, const Row& row);

 private:
  struct Name {
    std::size_t column = 0;  ///< of the chosen fields; their number, where it is none of them
  };
  using Names = KnownTexts<Name>;
  /// Measurement and tags, with the blank behind them.
  struct Head {
    KnownSeries series;
    Names::Known* first_name = nullptr;
  };
  using Heads = KnownTexts<Head>;

  Heads::Known* head_of(std::string_view line);
  Heads::Known* add(std::string_view line, std::string_view head, const Row& row);
  Names::Known* name_of(std::string_view rest);
  bool take_fields(std::string_view line, std::size_t& at, Heads::Known& head, Row& row, OtherNames& others);

  static constexpr std::size_t most_series = 1 << 16;
  static constexpr std::size_t most_names = 1 << 12;

  std::vector<std::string> fields_;
  Heads heads_{most_series};
  Names names_{most_names};
  Heads::Known* last_ = nullptr;  ///< head of the line before
};

}  // namespace oddity::formats
