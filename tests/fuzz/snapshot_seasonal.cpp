// Fuzzes saved states of seasonal: see snapshot.hpp.
#include "snapshot.hpp"

namespace oddity::fuzz {

template <>
inline constexpr bool tails_are_complements<plugins::Seasonal> = false;

}  // namespace oddity::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  oddity::fuzz::check_snapshot<oddity::plugins::Seasonal>({data, size});
  return 0;
}
