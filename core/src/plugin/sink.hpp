// The host's side of a sink: what a plugin writes is appended to a text.
#pragma once

#include <string>

#include "oddity/door.h"

namespace oddity::plugin {

/// Appends to `text`, which outlives the sink. Out of memory, the plugin hears of a sink that takes no more.
inline oddity_sink appending_to(std::string& text) noexcept {
  return {&text, [](void* context, const void* bytes, std::uint64_t size) noexcept -> std::int32_t {
            try {
              static_cast<std::string*>(context)->append(static_cast<const char*>(bytes),
                                                         static_cast<std::size_t>(size));
              return 0;
            } catch (...) {
              return 1;
            }
          }};
}

}  // namespace oddity::plugin
