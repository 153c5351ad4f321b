#include "base/log.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>

namespace oddity {

void Log::write(std::string_view text) noexcept {
  constexpr std::string_view prefix = "oddity: ";
  constexpr std::string_view cut = " [cut]";
  std::array<char, PIPE_BUF> line;
  char* at = std::copy(prefix.begin(), prefix.end(), line.begin());
  const std::size_t room = line.size() - prefix.size() - cut.size() - 1;
  at = std::transform(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(room, text.size())),
                      at, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c; });
  if (text.size() > room) at = std::copy(cut.begin(), cut.end(), at);
  *at++ = '\n';

  pollfd ready{descriptor_, POLLOUT, 0};
  const auto size = static_cast<std::size_t>(at - line.data());
  if (::poll(&ready, 1, 0) != 1 || (ready.revents & POLLOUT) == 0 ||
      ::write(descriptor_, line.data(), size) < 0)
    ++dropped_;
}

}  // namespace oddity
