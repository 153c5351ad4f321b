#include "csv/thousands.hpp"

#include <algorithm>

namespace oddity::formats {
namespace {

constexpr std::size_t digits_of_thousands = 3;

bool are_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

void Thousands::add(std::string_view text) {
  if (is_other_ || text.empty()) return;
  std::string_view digits = text;
  if (digits.starts_with('-') || digits.starts_with('+')) digits.remove_prefix(1);
  const std::size_t mark = digits.find_first_of(".,");
  const std::string_view before = digits.substr(0, mark);
  const std::string_view behind =
      mark == std::string_view::npos ? std::string_view() : digits.substr(mark + 1);
  const bool groups = !before.empty() && before.size() <= digits_of_thousands && are_digits(before);
  if (mark == std::string_view::npos) {
    is_other_ = !groups;
    if (seen_.whole.empty()) seen_.whole = text;
    return;
  }
  is_other_ =
      !groups || before.starts_with('0') || behind.size() != digits_of_thousands || !are_digits(behind);
  if (seen_.marked.empty()) seen_.marked = text;
}

std::optional<Thousands::Likely> Thousands::likely() const {
  return is_other_ || seen_.whole.empty() || seen_.marked.empty() ? std::nullopt : std::optional(seen_);
}

}  // namespace oddity::formats
