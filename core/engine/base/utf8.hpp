// Keeps what is sent valid UTF-8: a single byte that is not ends the task (Kapacitor
// 1.8) or breaks the reader's JSON.
#pragma once

#include <string>
#include <string_view>

namespace oddity {

/// Whether `text` is UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text) noexcept;

/// `text` with every byte that belongs to no character replaced by U+FFFD.
std::string to_utf8(std::string_view text);

}  // namespace oddity
