#include "base/log.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>

namespace oddity {

/// What the host's log throws must not end a judgement.
void Log::tell(std::string_view text) noexcept {
  if (!sink_) return;
  try {
    sink_(text);
  } catch (...) {
    ++dropped_;
  }
}

void Log::set_use(std::string_view use) {
  const std::lock_guard lock(mutex_);
  use_ = use;
}

void Log::write(std::string_view text) noexcept {
  if (descriptor_ < 0) return tell(text);
  constexpr std::string_view cut = " [cut]";
  std::array<char, PIPE_BUF> line;
  const std::size_t room = line.size() - cut.size() - 1;
  std::size_t size = 0;
  bool whole = true;
  const auto append = [&](std::string_view part) {
    const std::size_t taken = part.copy(line.data() + size, room - size);
    whole = whole && taken == part.size();
    size += taken;
  };
  const std::lock_guard lock(mutex_);
  append(program_);
  append(": ");
  if (!use_.empty()) {
    append(use_);
    append(": ");
  }
  append(text);
  std::replace_if(
      line.begin(), line.begin() + static_cast<std::ptrdiff_t>(size),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  if (!whole) size += cut.copy(line.data() + size, cut.size());
  line[size++] = '\n';

  pollfd ready{descriptor_, POLLOUT, 0};
  if (::poll(&ready, 1, 0) != 1 || (ready.revents & POLLOUT) == 0 ||
      ::write(descriptor_, line.data(), size) < 0)
    ++dropped_;
}

}  // namespace oddity
