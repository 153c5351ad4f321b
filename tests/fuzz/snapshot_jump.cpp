// Fuzzes saved states of jump: see snapshot.hpp.
#include "snapshot.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  oddity::fuzz::check_snapshot<oddity::plugins::Jump>({data, size});
  return 0;
}
