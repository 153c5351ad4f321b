// The host's side of a sink: what is written to it is appended to a text.
#pragma once

#include <string>

#include "oddity/abi.h"

namespace oddity::state {

/// Appends to `text`, which outlives the sink. When memory runs out, the plugin is
/// told that the sink takes no more.
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

}  // namespace oddity::state
