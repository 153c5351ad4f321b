// It copies the state into a buffer that is large enough for its own.
#include <algorithm>
#include <array>

#include "one_fault.hpp"

namespace {

struct CopiesIntoASmallBuffer : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("copies_into_a_small_buffer");
  void restore(bad::StateReader& in, std::uint32_t version) {
    const auto all = in.take(in.remaining());
    std::array<std::byte, 4096> buffer;
    volatile std::byte* to = buffer.data();
    for (const std::byte byte : all) *to++ = byte;
    bad::StateReader reader(std::span<const std::byte>(buffer).first(std::min(buffer.size(), all.size())));
    ZScore::restore(reader, version);
    reader.expect_end();
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(CopiesIntoASmallBuffer)
