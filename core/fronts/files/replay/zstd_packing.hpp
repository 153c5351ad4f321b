// zstd, by libzstd.
#pragma once

#include <memory>

#include "replay/packing.hpp"

struct ZSTD_DCtx_s;

namespace oddity::replay {

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
  std::unique_ptr<ZSTD_DCtx_s, Free> context_;
  bool within_ = false;
};

}  // namespace oddity::replay
