// The parsers that read pieces of a file on other threads, beside the one that the file has.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "csv/csv.hpp"
#include "line_protocol/line_protocol.hpp"

namespace oddity::replay {

/// What the lines of a file mean: those of line protocol the same everywhere.
inline std::uint64_t table_of(const formats::LineParser&) { return 0; }
inline std::uint64_t table_of(const formats::CsvParser& parser) { return parser.tables(); }

/// The parsers beside the one of a file, one a piece.
template <class Parser>
class Besides;

template <>
class Besides<formats::LineParser> {
 public:
  explicit Besides(std::size_t count) : count_(count) {}
  bool are_of(const formats::LineParser& parser) {
    readers_.reserve(count_);
    while (readers_.size() < count_) readers_.push_back(parser.beside());
    return true;
  }
  std::vector<formats::LineParser>& readers() noexcept { return readers_; }

 private:
  const std::size_t count_;
  std::vector<formats::LineParser> readers_;
};

/// Made anew for each table.
template <>
class Besides<formats::CsvParser> {
 public:
  explicit Besides(std::size_t count) : numbers_(count) {}
  /// False: the table's rows depend on those before them.
  bool are_of(const formats::CsvParser& parser) {
    if (!readers_.empty() && table_ == parser.tables()) return true;
    for (std::size_t i = 0; i < readers_.size(); ++i) numbers_[i] = readers_[i].numbers();
    readers_.clear();
    readers_.reserve(numbers_.size());
    table_ = parser.tables();
    for (const std::uint32_t numbers : numbers_) {
      auto reader = parser.beside(numbers);
      if (!reader) return false;
      readers_.push_back(std::move(*reader));
    }
    return true;
  }
  std::vector<formats::UsualRecordReader>& readers() noexcept { return readers_; }

 private:
  std::vector<std::uint32_t> numbers_;
  std::uint64_t table_ = 0;
  std::vector<formats::UsualRecordReader> readers_;
};

}  // namespace oddity::replay
