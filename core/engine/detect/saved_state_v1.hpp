// The first format of saved state, without sections: read for ever, never written again.
#pragma once

#include <cstddef>
#include <span>

#include "detect/saved_state.hpp"

namespace oddity::detect {

/// Throws StateError when the content contradicts itself.
SavedState read_state_v1(std::span<const std::byte> content);

}  // namespace oddity::detect
