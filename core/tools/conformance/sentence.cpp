#include "conformance/sentence.hpp"

#include <fmt/format.h>

#include "base/utf8.hpp"

namespace oddity::conformance {

std::string wrong_sentence(std::string_view text) {
  constexpr std::size_t longest = 200;
  if (!is_utf8(text)) return "is no valid UTF-8";
  if (text.find_first_of("\n\r") != std::string_view::npos) return "goes over several lines";
  if (text.size() > longest) return fmt::format("is longer than {} bytes", longest);
  return {};
}

}  // namespace oddity::conformance
