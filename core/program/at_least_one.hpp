// A flag's number that counts something.
#pragma once

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdint>
#include <string>

namespace oddity::program {

inline CLI::Validator at_least_one() {
  const auto check = [](const std::string& text) -> std::string {
    std::uint64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [read, error] = std::from_chars(text.data(), end, number);
    // With a zero before it others might take it for octal.
    if (error == std::errc{} && read == end && !text.starts_with('0')) return "";
    return "expected a whole number of at least 1, got '" + text + "'";
  };
  return CLI::Validator(check, "POSITIVE");
}

}  // namespace oddity::program
