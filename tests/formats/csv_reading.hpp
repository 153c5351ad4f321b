// For tests: what a CsvParser reads of a text, and says of it.
#pragma once

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "csv/csv.hpp"

namespace oddity::formats {

/// Fields x and y, where `choice` has them; numbers as times are seconds.
class CsvReading : public testing::Test {
 protected:
  struct Read {
    std::int64_t time = 0;  ///< s
    std::string name;
    std::string tags;
    double x = 0;
    double y = 0;
    std::string no_number;
  };
  std::vector<Read> read(const std::string& text) {
    rows_.clear();
    diagnostics.clear();
    notes.clear();
    TimeReader times(precision, zone);
    std::size_t number = 0;
    CsvParser parser(
        choice, times, [&] { return "rows.csv:" + std::to_string(number); },
        [&](const std::string& note) { notes.push_back(std::to_string(number) + ": " + note); });
    std::istringstream lines(text);
    Row row;
    for (std::string line, diagnostic; std::getline(lines, line);) {
      ++number;
      Parsed parsed = parser.parse(line, row, diagnostic);
      for (std::string more; parsed == Parsed::open && std::getline(lines, more);)
        parsed = parser.extend(line += "\n" + more, row, diagnostic);
      if (parsed == Parsed::row) keep(row);
      if (parsed == Parsed::unreadable) diagnostics.push_back(std::to_string(number) + ": " + diagnostic);
    }
    parser.finish();
    other_fields = parser.other_fields();
    return rows_;
  }
  std::vector<double> xs(const std::string& text) {
    std::vector<double> all;
    for (const Read& row : read(text)) all.push_back(row.x);
    return all;
  }
  std::string error_of(const std::string& text) {
    try {
      read(text);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }

  CsvChoice choice{{"x"}, {"", {}, ""}, {}};
  Precision precision = Precision::s;
  std::string zone;
  std::vector<std::string> diagnostics;
  std::vector<std::string> notes;
  std::uint64_t other_fields = 0;

 private:
  void keep(const Row& row) {
    Read kept{row.time / 1'000'000'000, std::string(row.name), "", row.values[0], missing, ""};
    if (row.values.size() > 1) kept.y = row.values[1];
    for (const auto& [key, value] : row.tags) kept.tags += std::string(key) + "=" + std::string(value) + ";";
    for (const NoNumber& other : row.no_numbers) kept.no_number += other.text;
    rows_.push_back(kept);
  }
  std::vector<Read> rows_;
};

using Numbers = std::vector<double>;

}  // namespace oddity::formats
