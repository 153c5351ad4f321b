// Fuzzes saved states of jump: see snapshot.hpp.
#include "snapshot.hpp"

namespace oddity::fuzz {

template <>
inline constexpr bool tails_are_complements<plugins::Jump> = false;

}  // namespace oddity::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  oddity::fuzz::check_snapshot<oddity::plugins::Jump>({data, size});
  return 0;
}
