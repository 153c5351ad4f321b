// The exceptions of the core, and a suggestion for a word that was mistyped.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "oddity/engine/error.hpp"  // IWYU pragma: export

namespace oddity {

/// The word of `known` nearest to `word`, as "did you mean 'x'?", or "" when none is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& known);

}  // namespace oddity
