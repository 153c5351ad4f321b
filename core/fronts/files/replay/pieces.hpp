// Lines of a block, read on several threads: those that look like lines before them, the others are left for who reads
// them in their order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "base/in_parallel.hpp"
#include "row/row.hpp"

namespace oddity::replay {

/// A line of a piece.
struct PieceLine {
  const formats::KnownSeries* known = nullptr;  ///< nullptr: not read
  std::int64_t time = 0;
  std::string_view text;  ///< without its newline
};

/// Consecutive lines of a block.
struct Piece {
  std::string_view text;
  std::vector<PieceLine> lines;
  std::vector<double> values;  ///< of the lines that were read, one a field
};

/// 1. Pieces(count);
/// 2. read(block, readers, fields, threads), then a look at all() in order, while the block's text stays.
class Pieces {
 public:
  explicit Pieces(std::size_t count) : pieces_(count) {}

  /// `block`: whole lines. `readers`: one a piece; read_known(line, row) is called on any thread, for one reader on
  /// one at a time.
  template <class Reader>
  void read(std::string_view block, std::vector<Reader>& readers, std::size_t fields) {
    cut(block);
    in_parallel(pieces_.size(), pieces_.size(),
                [&](std::size_t i) { read_piece(pieces_[i], readers[i], fields); });
  }
  const std::vector<Piece>& all() const noexcept { return pieces_; }

 private:
  void cut(std::string_view block) {
    const std::size_t size = block.size() / pieces_.size() + 1;
    for (Piece& piece : pieces_) {
      const std::size_t newline = block.size() > size ? block.find('\n', size - 1) : block.size() - 1;
      piece.text = block.empty() ? block : block.substr(0, newline + 1);
      block.remove_prefix(piece.text.size());
    }
  }

  template <class Reader>
  static void read_piece(Piece& piece, Reader& reader, std::size_t fields) {
    piece.lines.clear();
    piece.values.clear();
    formats::Row row;
    row.values.reserve(fields);
    for (std::string_view rest = piece.text; !rest.empty();) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(line.size() + 1);
      if (reader.read_known(line, row)) {
        piece.lines.push_back({row.known, row.time, line});
        piece.values.insert(piece.values.end(), row.values.begin(), row.values.end());
      } else {
        piece.lines.push_back({nullptr, 0, line});
      }
    }
  }

  std::vector<Piece> pieces_;
};

}  // namespace oddity::replay
