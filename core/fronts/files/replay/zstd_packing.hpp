// zstd, by libzstd.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "replay/packing.hpp"

struct ZSTD_DCtx_s;

namespace oddity::replay {

/// A frame that is shorter than its header says is damaged. libzstd notes that where it unpacks at once, and not by pieces where the last
/// block is empty.
///
/// Frames that say nothing of the text (skippable ones, as pzstd writes them) are passed over, as by zstd itself.
class ZstdPacking final : public Packing {
 public:
  ZstdPacking();

  static bool begins(std::span<const char> first) noexcept;

  void begin() override;
  Step unpack(std::span<const char> in, std::span<char> out) override;
  bool within() const noexcept override { return within_; }
  bool can_begin_with(char byte) const noexcept override;
  std::string_view name() const noexcept override { return "zstd"; }

 private:
  struct Free {
    void operator()(ZSTD_DCtx_s* context) const noexcept;
  };
  void keep_header(std::span<const char> taken) noexcept;
  bool is_as_long_as_it_says() const noexcept;

  static constexpr std::size_t longest_header = 18;
  std::unique_ptr<ZSTD_DCtx_s, Free> context_;
  bool within_ = false;
  std::array<char, longest_header> header_{};  ///< the first bytes of the frame
  std::size_t header_bytes_ = 0;
  std::uint64_t made_ = 0;  ///< of the frame
};

}  // namespace oddity::replay
