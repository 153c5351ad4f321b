// Fuzzes saved states of the detector ODDITY_FUZZED: see snapshot.hpp.
#include "snapshot.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  oddity::fuzz::check_snapshot<oddity::plugins::ODDITY_FUZZED>({data, size});
  return 0;
}
