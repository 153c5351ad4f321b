// Structs that can grow, read as far as both sides know them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace oddity::plugin {

/// As much of `theirs` as there is and as this host knows; the rest is 0.
template <class Struct>
Struct copy_of(const void* theirs, std::size_t their_size) {
  Struct ours{};
  std::memcpy(&ours, theirs, std::min(sizeof ours, their_size));
  return ours;
}

/// The elements of an array in which each takes `stride` bytes.
template <class Struct>
std::vector<Struct> copies_of(const Struct* first, std::uint32_t count, std::uint32_t stride) {
  std::vector<Struct> copies;
  const char* at = reinterpret_cast<const char*>(first);
  for (std::uint32_t i = 0; i < count; ++i, at += stride) copies.push_back(copy_of<Struct>(at, stride));
  return copies;
}

}  // namespace oddity::plugin
