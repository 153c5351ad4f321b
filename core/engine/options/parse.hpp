// Texts as values of a declared type: YAML, the command line and .param() bring texts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace oddity::options {

/// Whole text or nothing; no surrounding blanks, no other base than ten.
std::optional<std::int64_t> parse_integer(std::string_view text);
/// Finite; 1e-3 is a number here although TICKscript knows no exponents.
std::optional<double> parse_number(std::string_view text);
/// true or false, as YAML writes them, in TICKscript's capitals too.
std::optional<bool> parse_boolean(std::string_view text);
/// Kapacitor's durations, in nanoseconds: one or more of a whole number with a unit (ns, u or µ, ms, s, m, h,
/// d, w), added up; a leading minus counts for all. "5m", "1h30m".
std::optional<std::int64_t> parse_duration(std::string_view text);

/// A size in bytes: a whole number with a unit (B, kB, MB, GB of 1000; KiB,
/// MiB, GiB of 1024), or without one.
std::optional<std::int64_t> parse_size(std::string_view text);

/// What the parsers read back to the same value; the shortest such text.
std::string print_number(double value);
std::string print_duration(std::int64_t nanoseconds);
std::string print_size(std::int64_t bytes);

}  // namespace oddity::options
