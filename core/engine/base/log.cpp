#include "base/log.hpp"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <climits>
#include <span>

#include "base/one_line.hpp"

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
  make_one_line(std::span(line).first(size));
  if (!whole) size += cut.copy(line.data() + size, cut.size());
  line[size++] = '\n';

  pollfd ready{descriptor_, POLLOUT, 0};
  if (::poll(&ready, 1, 0) != 1 || (ready.revents & POLLOUT) == 0 ||
      ::write(descriptor_, line.data(), size) < 0)
    ++dropped_;
}

}  // namespace oddity
