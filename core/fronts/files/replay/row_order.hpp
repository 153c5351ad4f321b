// Rows in any order, by time: in memory as long as they fit, then on disk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace oddity::replay {

/// Rows beyond what memory may hold find no room on disk. The run has failed; what
/// was asked for is not at fault.
class NoRoom : public Error {
 public:
  using Error::Error;
};

/// Where a row was read, as one number that grows from row to row: the number of
/// the file and that of the line.
class Place {
 public:
  Place() = default;
  Place(std::uint32_t file, std::uint64_t line) noexcept : number_(std::uint64_t{file} << line_bits | line) {}
  static Place of(std::uint64_t number) noexcept {
    Place place;
    place.number_ = number;
    return place;
  }
  std::uint64_t number() const noexcept { return number_; }
  std::uint32_t file() const noexcept { return static_cast<std::uint32_t>(number_ >> line_bits); }
  std::uint64_t line() const noexcept { return number_ & ((std::uint64_t{1} << line_bits) - 1); }

 private:
  static constexpr int line_bits = 44;
  std::uint64_t number_ = 0;
};

struct OrderedRow {
  std::int64_t time = 0;
  Place place;
  std::uint32_t series = 0;
  std::uint32_t texts = 0;         ///< as of Row
  std::span<const double> values;  ///< valid until the next row
};

/// 1. RowOrder(values, max_bytes);
/// 2. add(row) for each row, in order of their places;
/// 3. each(sink), once: all rows by time, those of the same time in the order of their places.
///
/// A row takes 24 bytes and 8 a value, and 16 more while it is sorted, which rows that came in order are not.
/// Beyond `max_bytes`, rows go, in sorted runs, to a file in $TMPDIR or /tmp that has no name, and so is gone
/// with the process. Throws oddity::Error when there is no room.
class RowOrder {
 public:
  RowOrder(std::size_t values, std::size_t max_bytes);
  RowOrder(const RowOrder&) = delete;
  RowOrder& operator=(const RowOrder&) = delete;
  ~RowOrder();

  void add(const OrderedRow& row);
  void each(const std::function<void(const OrderedRow&)>& sink);

  /// Rows that came after a row of a later time, and the first of them.
  std::uint64_t out_of_order() const noexcept { return out_of_order_; }
  Place first_out_of_order() const noexcept { return first_out_of_order_; }
  std::uint64_t bytes_on_disk() const noexcept { return file_bytes_; }

 private:
  using Word = std::uint64_t;
  struct Free {
    void operator()(Word* words) const noexcept;
  };
  using Chunk = std::unique_ptr<Word[], Free>;
  struct Key {
    std::int64_t time;
    std::size_t row;
  };
  struct Run {
    std::uint64_t begin = 0;  ///< bytes in the file
    std::uint64_t end = 0;
  };
  class Reader;

  const Word* row(std::size_t number) const noexcept {
    return chunks_[number / rows_a_chunk_].get() + number % rows_a_chunk_ * words_;
  }
  void add_chunk();
  OrderedRow decoded(const Word* words);
  void sort();
  template <class Sink>
  void each_held(const Sink& sink);
  void spill();
  void write(std::span<const Word> words);
  void merge(const std::function<void(const OrderedRow&)>& sink);

  const std::size_t words_;  ///< of a row
  const std::size_t rows_a_chunk_;
  const std::size_t max_rows_;  ///< in memory
  const std::size_t max_bytes_;
  std::vector<Chunk> chunks_;
  std::size_t rows_ = 0;  ///< in chunks_
  Word* room_ = nullptr;  ///< in a chunk, for the next row
  Word* room_end_ = nullptr;
  std::vector<Key> keys_;
  bool held_in_order_ = true;
  std::int64_t latest_held_ = 0;  ///< time of the last row in chunks_
  std::int64_t latest_;
  std::uint64_t out_of_order_ = 0;
  Place first_out_of_order_;
  std::vector<double> values_;
  int file_ = -1;
  std::string folder_;
  std::uint64_t file_bytes_ = 0;
  std::vector<Run> runs_;
};

}  // namespace oddity::replay
