// What the fuzz targets share: how a property is held, and how an input is taken apart.
//
// A target is one function, LLVMFuzzerTestOneInput. Linked with libFuzzer it is fuzzed (./dev fuzz); linked
// with driver.cpp it runs its committed corpus and some mutations of it (./dev test).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace oddity::fuzz {

/// A property that does not hold ends the process, and the input that showed it is kept.
inline void require(bool holds, const char* property) noexcept {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", property);
  std::abort();
}

/// The input, front first. Where it is at its end, numbers are 0 and texts empty.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) noexcept
      : rest_(size == 0 ? "" : reinterpret_cast<const char*>(data), size) {}

  template <class T>
  requires std::is_arithmetic_v<T> T number()
  noexcept {
    T value{};
    const std::string_view bytes = text(sizeof value);
    if (!bytes.empty()) std::memcpy(&value, bytes.data(), bytes.size());
    return value;
  }
  std::string_view text(std::size_t size) noexcept {
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(taken.size());
    return taken;
  }
  std::string_view rest() const noexcept { return rest_; }

 private:
  std::string_view rest_;
};

/// The most memory that was held at once, beyond what was held at the beginning, in bytes: what operator new
/// gave out in this thread. An input must not make it much larger than itself.
class Held {
 public:
  Held() noexcept;
  std::size_t max() const noexcept;

 private:
  std::size_t before_;
};

/// At most `times` its bytes, and something for what is always there, or `beside` it.
inline void require_proportion(const Held& held, std::size_t bytes, std::size_t times,
                               std::size_t beside = 0) noexcept {
  constexpr std::size_t always = std::size_t{1} << 16;
  require(held.max() <= times * bytes + always + beside, "memory in proportion to the input");
}

}  // namespace oddity::fuzz
