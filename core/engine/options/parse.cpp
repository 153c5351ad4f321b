#include "options/parse.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <locale>
#include <sstream>
#include <string>
#include <type_traits>
#include <utility>

namespace oddity::options {
namespace {

template <class T>
std::optional<T> parse_whole(std::string_view text) {
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  T value{};
#ifndef __cpp_lib_to_chars
  // clang 14's library reads no doubles by from_chars.
  if constexpr (std::is_floating_point_v<T>) {
    if (text.empty() || std::string_view(" +xX").find(text[0]) != std::string_view::npos) return std::nullopt;
    std::istringstream stream{std::string(text)};
    stream.imbue(std::locale::classic());
    stream >> value;
    return stream && stream.peek() == std::istringstream::traits_type::eof() ? std::optional(value)
                                                                             : std::nullopt;
  } else
#endif
  {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return value;
  }
}

constexpr std::array<std::pair<std::string_view, std::int64_t>, 9> units{{{"ns", 1},
                                                                          {"ms", 1'000'000},
                                                                          {"u", 1'000},
                                                                          {"\xc2\xb5", 1'000},
                                                                          {"s", 1'000'000'000},
                                                                          {"m", 60'000'000'000},
                                                                          {"h", 3'600'000'000'000},
                                                                          {"d", 86'400'000'000'000},
                                                                          {"w", 604'800'000'000'000}}};

/// Largest first.
constexpr std::array<std::pair<std::string_view, std::int64_t>, 8> sizes{{{"GiB", 1 << 30},
                                                                          {"GB", 1'000'000'000},
                                                                          {"MiB", 1 << 20},
                                                                          {"MB", 1'000'000},
                                                                          {"KiB", 1 << 10},
                                                                          {"kB", 1'000},
                                                                          {"B", 1},
                                                                          {"", 1}}};

/// Takes "<digits><unit>" off the front.
std::optional<std::int64_t> take_part(std::string_view& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  for (const auto& [unit, nanoseconds] : units) {
    if (!text.starts_with(unit)) continue;
    text.remove_prefix(unit.size());
    std::int64_t product = 0;
    if (__builtin_mul_overflow(number, nanoseconds, &product)) return std::nullopt;
    return product;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::int64_t> parse_integer(std::string_view text) { return parse_whole<std::int64_t>(text); }

std::optional<double> parse_number(std::string_view text) {
  const auto value = parse_whole<double>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<bool> parse_boolean(std::string_view text) {
  if (text == "true" || text == "TRUE") return true;
  if (text == "false" || text == "FALSE") return false;
  return std::nullopt;
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  std::int64_t sum = 0;
  while (!text.empty()) {
    const auto part = take_part(text);
    // Negative values are summed downwards: the smallest duration has no positive counterpart.
    if (!part ||
        (negative ? __builtin_sub_overflow(sum, *part, &sum) : __builtin_add_overflow(sum, *part, &sum)))
      return std::nullopt;
  }
  return sum;
}

std::optional<std::int64_t> parse_size(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  for (const auto& [unit, bytes] : sizes) {
    std::int64_t product = 0;
    if (text == unit && !__builtin_mul_overflow(number, bytes, &product)) return product;
  }
  return std::nullopt;
}

std::string print_number(double value) { return fmt::format("{}", value); }

std::string print_duration(std::int64_t nanoseconds) {
  if (nanoseconds == 0) return "0s";
  std::uint64_t rest =
      nanoseconds < 0 ? -static_cast<std::uint64_t>(nanoseconds) : static_cast<std::uint64_t>(nanoseconds);
  std::string text = nanoseconds < 0 ? "-" : "";
  for (const auto& [unit, size] : {std::pair{"d", 86'400'000'000'000u},
                                   {"h", 3'600'000'000'000u},
                                   {"m", 60'000'000'000u},
                                   {"s", 1'000'000'000u},
                                   {"ms", 1'000'000u},
                                   {"u", 1'000u},
                                   {"ns", 1u}}) {
    if (rest >= size) text += fmt::format("{}{}", rest / size, unit);
    rest %= size;
  }
  return text;
}

std::string print_size(std::int64_t bytes) {
  for (const auto& [unit, size] : sizes) {
    if (bytes != 0 && bytes % size == 0) return fmt::format("{}{}", bytes / size, unit);
  }
  return "0B";
}

}  // namespace oddity::options
