#include "exchange/lines.hpp"

#include <algorithm>
#include <cstring>

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

/// From inside of the fields: where the text in quotes, which is open or not, allows a newline to end the line.
std::size_t end_outside_quotes(std::string_view text, std::size_t at) noexcept {
  bool open = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\n' && !open) return at + 1;
    if (c == '"') open = !open;
    if (c == '\\') ++at;
  }
  return npos;
}

}  // namespace

std::size_t line_end(std::string_view text) noexcept {
  const std::size_t newline = text.find('\n');
  if (newline == npos) return npos;
  const std::string_view line = text.substr(0, newline);
  if (line.find('"') == npos) return newline + 1;
  const std::size_t first = line.find_first_not_of(" \t");
  const std::size_t head = line[first] == '#' ? npos : head_end(line);
  if (head == npos) return newline + 1;
  const std::string_view looked_at = text.substr(0, newline + longest_open_text);
  const std::size_t end = end_outside_quotes(looked_at, head);
  if (end != npos) return end;
  return looked_at.size() < text.size() || text.size() - newline >= longest_open_text ? newline + 1 : npos;
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
