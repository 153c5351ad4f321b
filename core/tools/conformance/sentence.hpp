// The rules for a text that reaches users through tables, errors and logs.
#pragma once

#include <string>
#include <string_view>

namespace oddity::conformance {

/// Empty, or what is wrong: "is no valid UTF-8", "goes over several lines", "is longer than 200 bytes".
std::string wrong_sentence(std::string_view text);

}  // namespace oddity::conformance
