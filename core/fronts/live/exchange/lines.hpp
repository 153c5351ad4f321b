// Where lines of line protocol end: a text in quotes may hold newlines.
#pragma once

#include <cstddef>
#include <string_view>

namespace oddity::live {

/// A text in quotes that is longer is taken for a quote that was never closed.
inline constexpr std::size_t longest_open_text = std::size_t{1} << 16;
/// A longer line is passed over.
inline constexpr std::size_t longest_line = std::size_t{1} << 20;

/// Where the first line of `text` ends, its newline included; npos: it does not end in there. Quotes count only where
/// a field's value begins, since in names and tags they are letters; where a text is too long, the line ends at its
/// first newline. What more comes behind `text` changes no end that was found.
std::size_t line_end(std::string_view text) noexcept;

/// How much of `text` is whole lines. `at_end`: nothing comes after it, so that its last line needs no newline and
/// a quote stays open.
std::size_t whole_lines(std::string_view text, bool at_end = false) noexcept;

}  // namespace oddity::live
