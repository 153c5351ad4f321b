// The range that a series has had, without its rarest values.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "oddity/evaluation.hpp"
#include "oddity/state.hpp"

namespace oddity::plugins::jump {

/// From the second least of the blocks' least values to the second greatest of their greatest, so that one
/// fault does not stretch it for long: about the range without a thousandth at either end, in 400 bytes.
class Range {
 public:
  /// Of about four times `size` values.
  explicit Range(std::size_t size) noexcept
      : rows_a_block_(static_cast<std::uint32_t>(std::max<std::size_t>(1, size / (most_blocks / 4)))) {}

  /// 0: no value, or the series has not varied.
  double width() const noexcept {
    if (blocks_.empty()) return 0;
    constexpr double infinity = std::numeric_limits<double>::infinity();
    double least[2] = {infinity, infinity};       // ascending
    double greatest[2] = {-infinity, -infinity};  // descending
    for (const Block& block : blocks_) {
      least[1] = std::min(least[1], std::max(least[0], block.least));
      least[0] = std::min(least[0], block.least);
      greatest[1] = std::max(greatest[1], std::min(greatest[0], block.greatest));
      greatest[0] = std::max(greatest[0], block.greatest);
    }
    const std::size_t trimmed = blocks_.size() > 2 ? 1 : 0;
    return or_largest(std::max(greatest[trimmed] - least[trimmed], 0.0));
  }

  void add(double value) {
    if (blocks_.empty() || blocks_.back().rows >= rows_a_block_) {
      if (blocks_.size() == most_blocks) blocks_.erase(blocks_.begin());
      blocks_.push_back({value, value, 0});
    }
    Block& block = blocks_.back();
    block.least = std::min(block.least, value);
    block.greatest = std::max(block.greatest, value);
    ++block.rows;
  }

  void snapshot(StateWriter& out) const {
    out.write(std::uint64_t{blocks_.size()});
    for (const Block& block : blocks_) {
      out.write(block.least);
      out.write(block.greatest);
      out.write(block.rows);
    }
  }
  /// Throws StateError.
  void restore(StateReader& in) {
    const std::uint64_t count = in.read_count(2 * sizeof(double) + sizeof(std::uint32_t));
    if (count > most_blocks) throw StateError("the state's ranges are too many");
    blocks_.clear();
    for (std::uint64_t i = 0; i < count; ++i) {
      double ends[2];
      in.read_finite(ends);
      blocks_.push_back({ends[0], ends[1], in.read<std::uint32_t>()});
      if (ends[0] > ends[1]) throw StateError("a range in the state ends before it begins");
    }
  }
  /// Bytes of memory held beside the object itself.
  std::size_t footprint() const noexcept { return blocks_.capacity() * sizeof(Block); }

 private:
  struct Block {
    double least = 0;
    double greatest = 0;
    std::uint32_t rows = 0;
  };
  static constexpr std::size_t most_blocks = 20;

  std::uint32_t rows_a_block_;
  std::vector<Block> blocks_;  ///< the latest last
};

}  // namespace oddity::plugins::jump
