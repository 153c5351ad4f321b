#include "comparison/reader.hpp"

#include <unistd.h>

#include <cstddef>
#include <vector>

namespace oddity::bench {

void read_all_of_stdin(bool nap) {
  std::vector<char> block(64 * 1024);
  while (true) {
    const ssize_t got = ::read(STDIN_FILENO, block.data(), block.size());
    if (got <= 0) return;
    if (nap && static_cast<std::size_t>(got) < block.size() / 2) ::usleep(1000);
  }
}

}  // namespace oddity::bench
