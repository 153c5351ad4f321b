#include "exchange/lines.hpp"

#include <algorithm>
#include <cstring>

#include "line_protocol/line_protocol.hpp"
#include "row/char_set.hpp"

namespace oddity::live {
namespace {

constexpr std::size_t npos = std::string_view::npos;

/// Where the blank is that ends measurement and tags; `line` has no newline.
std::size_t head_end(std::string_view line) noexcept {
  std::size_t at = std::min(line.find_first_not_of(" \t"), line.size());
  do {
    at = line.find(' ', at);
    if (at == npos) return npos;
  } while (line[at - 1] == '\\' && ++at != 0);
  return at;
}

/// Where the line ends whose fields begin behind `at`, as LineParser reads them: a quote opens a text only where a
/// value begins. `newline`: the first one.
std::size_t end_of_fields(std::string_view text, std::size_t at, std::size_t newline) noexcept {
  constexpr formats::CharSet name_ends("=, \n");
  constexpr formats::CharSet value_ends(", \n");
  at = std::min(text.find_first_not_of(" \t", at), text.size());
  while (true) {
    while (at < text.size() && !(name_ends.has(text[at]) && (text[at] == '\n' || text[at - 1] != '\\'))) ++at;
    if (at >= text.size() || text[at] != '=') break;
    ++at;
    if (text.substr(at).starts_with('"')) {
      const std::size_t begin = ++at;
      for (; at < text.size() && text[at] != '"'; ++at)
        if (text[at] == '\\') ++at;
      if (at > newline && at - begin > longest_open_text) return newline + 1;
      if (at >= text.size()) return npos;
      ++at;
    } else {
      at += value_ends.length_before(text.substr(at));
    }
    if (at >= text.size() || text[at] != ',') break;
    ++at;
  }
  const std::size_t end = text.find('\n', at);
  return end == npos ? npos : end + 1;
}

}  // namespace

std::size_t line_end(std::string_view text) noexcept {
  const std::size_t newline = text.find('\n');
  if (newline == npos) return npos;
  const std::string_view line = text.substr(0, newline);
  if (line.find('"') == npos) return newline + 1;
  const std::size_t head = formats::LineParser::is_row(line) ? head_end(line) : npos;
  return head == npos ? newline + 1 : end_of_fields(text, head, newline);
}

std::size_t whole_lines(std::string_view text, bool at_end) noexcept {
  if (text.find('"') == npos) {
    const void* const last = ::memrchr(text.data(), '\n', text.size());
    if (at_end) return text.size();
    return last == nullptr ? 0 : static_cast<std::size_t>(static_cast<const char*>(last) - text.data()) + 1;
  }
  if (at_end) return text.size();
  std::size_t taken = 0;
  while (true) {
    const std::size_t end = line_end(text.substr(taken));
    if (end == npos) return taken;
    taken += end;
  }
}

}  // namespace oddity::live
