#include "replay/line_protocol.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace oddity::replay {
namespace {

/// Takes the text up to the first of `stops` that no backslash precedes; the stop stays. `escaped`: a backslash was met.
std::string_view take_until(std::string_view& rest, std::string_view stops, bool& escaped) {
  std::size_t at = 0;
  escaped = false;
  while (at < rest.size() && stops.find(rest[at]) == std::string_view::npos) {
    if (rest[at] == '\\' && at + 1 < rest.size()) {
      escaped = true;
      ++at;
    }
    ++at;
  }
  const std::string_view taken = rest.substr(0, at);
  rest.remove_prefix(at);
  return taken;
}

bool take(std::string_view& rest, char c) {
  if (!rest.starts_with(c)) return false;
  rest.remove_prefix(1);
  return true;
}

std::string excerpt(std::string_view text) {
  constexpr std::size_t longest = 40;
  return text.empty() ? "the end of the line" : fmt::format("'{}{}'", text.substr(0, longest), text.size() > longest ? "..." : "");
}

bool is_boolean(std::string_view text) noexcept {
  static constexpr std::string_view words[] = {"t", "T", "true", "True", "TRUE", "f", "F", "false", "False", "FALSE"};
  return std::find(std::begin(words), std::end(words), text) != std::end(words);
}

/// A float, or an integer with its i or u. NaN and infinity are no line protocol.
bool parse_number(std::string_view text, double& value) {
  const char* const end = text.data() + text.size();
  if (text.ends_with('i') || text.ends_with('u')) {
    const std::string_view digits = text.substr(0, text.size() - 1);
    const char* const digits_end = digits.data() + digits.size();
    std::int64_t whole = 0;
    std::uint64_t natural = 0;
    const auto result = text.back() == 'i' ? std::from_chars(digits.data(), digits_end, whole) : std::from_chars(digits.data(), digits_end, natural);
    value = text.back() == 'i' ? static_cast<double>(whole) : static_cast<double>(natural);
    return result.ec == std::errc() && result.ptr == digits_end;
  }
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [at, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && at == end && std::isfinite(value);
}

}  // namespace

bool LineParser::is_row(std::string_view line) noexcept {
  const std::size_t start = line.find_first_not_of(" \t\r");
  return start != std::string_view::npos && line[start] != '#';
}

std::string_view LineParser::unescaped(std::string_view text) {
  if (unescaped_used_ == unescaped_.size()) unescaped_.emplace_back();
  std::string& out = unescaped_[unescaped_used_++];
  out.clear();
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '\\' && i + 1 < text.size() && std::string_view(",= ").find(text[i + 1]) != std::string_view::npos;
    out.push_back(text[escape ? ++i : i]);
  }
  return out;
}

bool LineParser::parse(std::string_view line, Row& row, std::string& complaint) {
  unescaped_used_ = 0;
  row.tags.clear();
  row.values.assign(fields_.size(), missing);
  while (line.ends_with('\r') || line.ends_with(' ')) line.remove_suffix(1);
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));

  bool escaped = false;
  const std::string_view name = take_until(line, ", ", escaped);
  row.name = escaped ? unescaped(name) : name;
  if (row.name.empty()) {
    complaint = "expected a measurement, got " + excerpt(line);
    return false;
  }
  while (take(line, ',')) {
    const std::string_view key = take_until(line, "=, ", escaped);
    const std::string_view tag = escaped ? unescaped(key) : key;
    if (key.empty() || !take(line, '=')) {
      complaint = "expected a tag as key=value, got " + excerpt(key.empty() ? line : key);
      return false;
    }
    const std::string_view value = take_until(line, ", ", escaped);
    row.tags.emplace_back(tag, escaped ? unescaped(value) : value);
  }
  if (!take(line, ' ')) {
    complaint = "expected a blank and fields after the measurement, got " + excerpt(line);
    return false;
  }
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  if (!parse_fields(line, row, complaint)) return false;
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  return parse_timestamp(line, row, complaint);
}

bool LineParser::parse_fields(std::string_view& rest, Row& row, std::string& complaint) {
  do {
    bool escaped = false;
    const std::string_view text = take_until(rest, "=, ", escaped);
    const std::string_view key = escaped ? unescaped(text) : text;
    if (key.empty() || !take(rest, '=')) {
      complaint = "expected a field as key=value, got " + excerpt(key.empty() ? rest : key);
      return false;
    }
    double value = missing;
    if (!parse_value(rest, value, complaint)) return false;
    const auto column = std::find(fields_.begin(), fields_.end(), key);
    if (column != fields_.end()) row.values[static_cast<std::size_t>(column - fields_.begin())] = value;
  } while (take(rest, ','));
  return true;
}

bool LineParser::parse_value(std::string_view& rest, double& value, std::string& complaint) {
  if (take(rest, '"')) {
    std::size_t at = 0;
    while (at < rest.size() && rest[at] != '"') at += rest[at] == '\\' && at + 1 < rest.size() ? 2 : 1;
    if (at >= rest.size()) {
      complaint = "expected a closing quote, got the end of the line";
      return false;
    }
    rest.remove_prefix(at + 1);
    return true;
  }
  const std::string_view text = rest.substr(0, rest.find_first_of(", "));
  rest.remove_prefix(text.size());
  if (parse_number(text, value)) return true;
  value = missing;
  if (is_boolean(text)) return true;
  complaint = "expected a number, a boolean or a text in quotes, got " + excerpt(text);
  return false;
}

bool LineParser::parse_timestamp(std::string_view text, Row& row, std::string& complaint) const {
  std::int64_t stamp = 0;
  const char* const end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, stamp);
  if (error != std::errc() || at != end) {
    complaint = "expected a timestamp, got " + excerpt(text);
    return false;
  }
  if (__builtin_mul_overflow(stamp, static_cast<std::int64_t>(precision_), &row.time)) {
    complaint = fmt::format("expected a timestamp that fits 64 bits of nanoseconds, got {} (is --precision right?)", stamp);
    return false;
  }
  return true;
}

}  // namespace oddity::replay
