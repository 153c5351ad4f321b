#include "line_protocol/line_protocol.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "row/diagnostic.hpp"
#include "row/number.hpp"
#include "row/plausible_times.hpp"

namespace oddity::formats {
namespace {

bool take(std::string_view& rest, char c) {
  if (!rest.starts_with(c)) return false;
  rest.remove_prefix(1);
  return true;
}

void skip_blanks(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
}

bool is_boolean(std::string_view text) noexcept {
  static constexpr std::string_view words[] = {"t", "T", "true",  "True",  "TRUE",
                                               "f", "F", "false", "False", "FALSE"};
  return std::find(std::begin(words), std::end(words), text) != std::end(words);
}

template <class Whole>
bool parse_whole(std::string_view digits, double& value) {
  Whole whole = 0;
  const char* const last = digits.data() + digits.size();
  const auto [end, error] = std::from_chars(digits.data(), last, whole);
  value = static_cast<double>(whole);
  return error == std::errc() && end == last;
}

/// A float, or an integer with its i or u.
bool parse_number(std::string_view text, double& value) {
  const std::string_view digits = text.substr(0, text.size() - (text.empty() ? 0 : 1));
  if (text.ends_with('i')) return parse_whole<std::int64_t>(digits, value);
  if (text.ends_with('u')) return parse_whole<std::uint64_t>(digits, value);
  const auto number = parse_double(text);
  value = number.value_or(missing);
  return number.has_value();
}

/// InfluxDB's limit (MaxKeyLength); each tag is compared with those before it.
constexpr std::size_t longest_series = 65'535;

constexpr CharSet name_ends(", ");
constexpr CharSet name_escapable(",\" =");
constexpr CharSet key_ends("=, ");
constexpr CharSet field_escapable("=, \"");
constexpr CharSet value_ends(", ");

}  // namespace

bool LineParser::is_row(std::string_view line) noexcept {
  const std::size_t start = line.find_first_not_of(" \t\r");
  return start != std::string_view::npos && line[start] != '#';
}

/// Takes the text up to the first of `stops` that no backslash precedes, its
/// escapes resolved; the stop stays.
std::string_view LineParser::take_name(std::string_view& rest, const CharSet& stops,
                                       const CharSet& escapable) {
  std::size_t length = 0;
  bool escapes = false;
  for (; length < rest.size(); ++length) {
    const bool escaped = length > 0 && rest[length - 1] == '\\';
    if (!escaped && stops.has(rest[length])) break;
    escapes |= escaped;
  }
  const std::string_view taken = rest.substr(0, length);
  rest.remove_prefix(length);
  if (!escapes) return taken;
  std::string& resolved = unescaped_.fresh();
  for (std::size_t i = 0; i < length; ++i) {
    const bool escape = taken[i] == '\\' && i + 1 < length && escapable.has(taken[i + 1]);
    resolved.push_back(taken[escape ? ++i : i]);
  }
  return resolved;
}

Parsed LineParser::parse_any(std::string_view line, Row& row, std::string& diagnostic) {
  if (!is_row(line)) return Parsed::nothing;
  const std::string_view whole = line;
  const char* const begin = line.data();
  unescaped_.clear();
  row.clear(fields_.size());
  if (line.ends_with('\r')) line.remove_suffix(1);
  skip_blanks(line);

  row.name = take_name(line, name_ends, name_escapable);
  if (row.name.empty()) {
    diagnostic = "expected a measurement, got " + found(line);
    return Parsed::unreadable;
  }
  if (!take_tags(line, row, diagnostic)) return Parsed::unreadable;
  if (!take(line, ' ')) {
    diagnostic = "expected a blank and fields after the measurement, got " + found(line);
    return Parsed::unreadable;
  }
  skip_blanks(line);
  if (const Parsed fields = take_fields(line, row, diagnostic); fields != Parsed::row) return fields;
  row.fields_end = static_cast<std::size_t>(line.data() - begin);
  skip_blanks(line);
  if (!parse_timestamp(line, row, diagnostic)) return Parsed::unreadable;
  if (usual_) usual_->learn(whole, row);
  return Parsed::row;
}

bool LineParser::take_tags(std::string_view& rest, Row& row, std::string& diagnostic) {
  const std::size_t all = rest.size();
  while (take(rest, ',')) {
    const std::string_view from = rest;
    if (row.name.size() + all - rest.size() > longest_series) {
      diagnostic = fmt::format("expected a measurement and tags of at most {} bytes, got more: {}",
                               longest_series, found(from));
      return false;
    }
    const std::string_view key = take_name(rest, key_ends, key_ends);
    const bool has_value = !key.empty() && take(rest, '=');
    const std::string_view value = take_name(rest, key_ends, key_ends);
    if (!has_value || value.empty() || rest.starts_with('=')) {
      diagnostic = "expected a tag as key=value, got " + found(from);
      return false;
    }
    if (std::any_of(row.tags.begin(), row.tags.end(), [&](const auto& tag) { return tag.first == key; })) {
      diagnostic = fmt::format("expected each tag once, got '{}' again", excerpt(key));
      return false;
    }
    row.tags.emplace_back(key, value);
  }
  return true;
}

Parsed LineParser::take_fields(std::string_view& rest, Row& row, std::string& diagnostic) {
  do {
    const std::string_view from = rest;
    const std::string_view key = take_name(rest, key_ends, field_escapable);
    if (key.empty() || !take(rest, '=')) {
      diagnostic = "expected a field as key=value, got " + found(from);
      return Parsed::unreadable;
    }
    double value = missing;
    const std::string_view text = rest;
    if (const Parsed taken = take_value(rest, value, diagnostic); taken != Parsed::row) return taken;
    put(key, value, text.substr(0, text.size() - rest.size()), row);
  } while (take(rest, ','));
  return Parsed::row;
}

void LineParser::put(std::string_view key, double value, std::string_view text, Row& row) {
  if (every_number_) {
    const auto named = std::find(row.names.begin(), row.names.end(), key);
    if (named != row.names.end()) {
      row.values[static_cast<std::size_t>(named - row.names.begin())] = value;
    } else if (!std::isnan(value)) {
      row.names.push_back(key);
      row.values.push_back(value);
    }
    return;
  }
  const auto column = std::find(fields_.begin(), fields_.end(), key);
  if (column == fields_.end()) return others_.note(key);
  const auto field = static_cast<std::size_t>(column - fields_.begin());
  row.values[field] = value;
  if (std::isnan(value)) row.no_numbers.push_back({field, text});
}

Parsed LineParser::take_value(std::string_view& rest, double& value, std::string& diagnostic) const {
  if (take(rest, '"')) {
    std::size_t at = 0;
    while (at < rest.size() && rest[at] != '"') at += rest[at] == '\\' ? 2 : 1;
    if (at >= rest.size()) {
      diagnostic = open_quote_diagnostic;
      return Parsed::open;
    }
    rest.remove_prefix(at + 1);
    return Parsed::row;
  }
  const std::string_view from = rest;
  const std::string_view text = rest.substr(0, value_ends.length_before(rest));
  rest.remove_prefix(text.size());
  if (parse_number(text, value)) return Parsed::row;
  value = missing;
  if (is_boolean(text)) return Parsed::row;
  diagnostic = "expected a number, a boolean or a text in quotes, got " + found(text.empty() ? from : text);
  return Parsed::unreadable;
}

bool LineParser::parse_timestamp(std::string_view text, Row& row, std::string& diagnostic) const {
  while (text.ends_with(' ')) text.remove_suffix(1);
  if (text.empty() && arrival_) {
    row.time = *arrival_;
    return true;
  }
  std::int64_t stamp = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, stamp);
  if (end != last || error == std::errc::invalid_argument) {
    diagnostic = "expected a timestamp, got " + found(text);
    return false;
  }
  if (error != std::errc() ||
      __builtin_mul_overflow(stamp, static_cast<std::int64_t>(precision_), &row.time)) {
    diagnostic =
        fmt::format("expected a timestamp that fits 64 bits of nanoseconds, got {} (is --precision right?{})",
                    excerpt(text), better_unit(parse_double(text).value_or(0)));
    return false;
  }
  return true;
}

}  // namespace oddity::formats
