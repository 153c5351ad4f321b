#include "detect/usual_variation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

namespace oddity::detect {
namespace {

constexpr std::uint32_t windows_a_block = 256;
constexpr std::size_t most_blocks = 20;
constexpr double share_of_range = 0.05;

}  // namespace

double UsualVariation::median_of_recent() const noexcept {
  std::array<double, recent_windows> sorted = recent_;
  const auto end = sorted.begin() + static_cast<std::ptrdiff_t>(recent_count_);
  std::sort(sorted.begin(), end);
  const std::size_t middle = recent_count_ / 2;
  return recent_count_ % 2 == 1 ? sorted[middle] : std::midpoint(sorted[middle - 1], sorted[middle]);
}

double UsualVariation::difference(double mean) const noexcept {
  if (recent_count_ == 0) return std::numeric_limits<double>::quiet_NaN();
  return std::abs(mean - median_of_recent());
}

/// From the second least to the second greatest block, so that one fault does not stretch it for long.
double UsualVariation::range() const noexcept {
  if (blocks_.empty()) return 0;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  double least[2] = {infinity, infinity};  // ascending
  double greatest[2] = {-infinity, -infinity};
  for (const Block& block : blocks_) {
    least[1] = std::min(least[1], std::max(least[0], block.least));
    least[0] = std::min(least[0], block.least);
    greatest[1] = std::max(greatest[1], std::min(greatest[0], block.greatest));
    greatest[0] = std::max(greatest[0], block.greatest);
  }
  const std::size_t trimmed = blocks_.size() > 2 ? 1 : 0;
  return greatest[trimmed] - least[trimmed];
}

double UsualVariation::usual() const noexcept {
  constexpr double high = 0.95;
  return std::max(differences_.quantile(high), share_of_range * range());
}

double UsualVariation::effect(double mean) const noexcept {
  const double distance = difference(mean);
  return distance > 0 ? distance / usual() : 0;
}

void UsualVariation::widen(double mean) {
  if (blocks_.empty() || blocks_.back().windows == windows_a_block) {
    if (blocks_.size() == most_blocks) blocks_.erase(blocks_.begin());
    blocks_.push_back({mean, mean, 0});
  }
  Block& block = blocks_.back();
  block.least = std::min(block.least, mean);
  block.greatest = std::max(block.greatest, mean);
  ++block.windows;
}

void UsualVariation::add(double mean, bool learned) {
  if (!std::isfinite(mean)) return;
  if (recent_count_ != 0) differences_.add(std::min(difference(mean), std::numeric_limits<double>::max()));
  widen(mean);
  if (!learned) return;
  recent_[recent_next_] = mean;
  recent_next_ = (recent_next_ + 1) % recent_windows;
  recent_count_ = std::min(recent_count_ + 1, recent_windows);
}

void UsualVariation::save(StateWriter& out) const {
  differences_.save(out);
  out.write(static_cast<std::uint8_t>(recent_count_));
  out.write(static_cast<std::uint8_t>(recent_next_));
  out.write(std::span<const double>(recent_).first(recent_count_));
  out.write(std::uint64_t{blocks_.size()});
  for (const Block& block : blocks_) {
    out.write(block.least);
    out.write(block.greatest);
    out.write(block.windows);
  }
}

void UsualVariation::restore(StateReader& in) {
  differences_.restore(in);
  recent_count_ = in.read<std::uint8_t>();
  recent_next_ = in.read<std::uint8_t>();
  if (recent_count_ > recent_windows || recent_next_ >= recent_windows)
    throw StateError("the state's last windows are too many");
  in.read_finite(std::span(recent_).first(recent_count_));
  blocks_.clear();
  for (std::uint64_t left = in.read_count(8 + 8 + 4); left > 0; --left) {
    Block& block = blocks_.emplace_back();
    double ends[2];
    in.read_finite(ends);
    block = {ends[0], ends[1], in.read<std::uint32_t>()};
    if (block.least > block.greatest || block.windows > windows_a_block)
      throw StateError("a range in the state cannot be one");
  }
  if (blocks_.size() > most_blocks) throw StateError("the state's ranges are too many");
}

}  // namespace oddity::detect
