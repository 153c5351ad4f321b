// One row of a file: what line protocol and CSV have in common.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oddity::formats {

/// How times are written in a file: the length of one unit in nanoseconds.
enum class Precision : std::int64_t {
  ns = 1,
  us = 1'000,
  ms = 1'000'000,
  s = 1'000'000'000,
  m = 60 * s,
  h = 60 * m
};

inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// What became of a line: a row; nothing to be judged (empty, a comment, a header, another field's row); a
/// text in quotes is still open, so that the next line belongs to it; or it cannot be read.
enum class Parsed : std::uint8_t { row, nothing, open, unreadable };

/// A chosen field that is present but not a number.
struct NoNumber {
  std::size_t field = 0;
  std::string_view text;
};

/// A measurement with tags that a parser has met before. Rows of the same number of one parser have the same; of two
/// numbers, too, they may be the same.
struct KnownSeries {
  std::uint32_t number = 0;  ///< from 1
  std::string_view name;
  std::vector<std::pair<std::string_view, std::string_view>> tags;
};

/// Views into the line, valid until the next one is read.
struct Row {
  /// The measurement; empty in a CSV that has none.
  std::string_view name;
  /// In the file's order, each key once, no value empty.
  std::vector<std::pair<std::string_view, std::string_view>> tags;
  /// ns since 1970 UTC.
  std::int64_t time = 0;
  /// One for each chosen field; NaN where it is missing or not a number.
  std::vector<double> values;
  /// Of a parser of every field: the names of `values`, in the line's order, each once. Otherwise empty.
  std::vector<std::string_view> names;
  /// Of the values that are NaN, those that are present but not numbers.
  std::vector<NoNumber> no_numbers;
  /// Of line protocol: how long the part of the line before the blanks and the time is.
  std::size_t fields_end = 0;
  /// Not nullptr: what `name` and `tags` are, kept by the parser.
  const KnownSeries* known = nullptr;
  /// Of a CSV: a number that is the same where the columns that are not used hold the same texts.
  std::uint32_t texts = 0;

  void set_series(const KnownSeries& series) {
    known = &series;
    name = series.name;
    tags.assign(series.tags.begin(), series.tags.end());
  }
  void clear(std::size_t fields) {
    name = {};
    tags.clear();
    values.assign(fields, missing);
    names.clear();
    fields_end = 0;
    no_numbers.clear();
    known = nullptr;
    texts = 0;
  }
};

}  // namespace oddity::formats
