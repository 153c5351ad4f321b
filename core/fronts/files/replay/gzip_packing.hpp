// gzip, by zlib.
#pragma once

#include <zlib.h>

#include "replay/packing.hpp"

namespace oddity::replay {

class GzipPacking final : public Packing {
 public:
  GzipPacking();
  GzipPacking(const GzipPacking&) = delete;
  GzipPacking& operator=(const GzipPacking&) = delete;
  ~GzipPacking() override;

  static bool begins(std::span<const char> first) noexcept;

  void begin() override;
  Step unpack(std::span<const char> in, std::span<char> out) override;
  bool within() const noexcept override { return within_; }
  bool can_begin_with(char byte) const noexcept override;
  std::string_view name() const noexcept override { return "gzip"; }

 private:
  z_stream stream_{};
  bool within_ = false;
};

}  // namespace oddity::replay
