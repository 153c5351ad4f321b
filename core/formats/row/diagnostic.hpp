// Wording that the readers of all formats share for lines that cannot be read.
#pragma once

#include <string>
#include <string_view>

namespace oddity::formats {

inline constexpr const char* open_quote_diagnostic = "expected a closing quote, got the end of the line";

/// The beginning of a text.
inline std::string excerpt(std::string_view text) {
  constexpr std::size_t longest = 40;
  return std::string(text.substr(0, longest)) + (text.size() > longest ? "..." : "");
}

/// What was found where something else was expected: its beginning in quotes.
inline std::string found(std::string_view text) {
  return text.empty() ? "the end of the line" : "'" + excerpt(text) + "'";
}

}  // namespace oddity::formats
