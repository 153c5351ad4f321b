#include "agent/option_reader.hpp"

#include <fmt/format.h>

namespace oddity::agent {

void OptionReader::report(std::string_view name, std::string expected, std::string found, std::string hint) {
  diagnostics_.push_back(
      {fmt::format("option '{}'", name), std::move(expected), std::move(found), std::move(hint)});
}

/// Kapacitor has checked names and types against our Info; what it lets through all the same is repetition,
/// and a BOOL without a value, which double quotes make.
const udf::OptionValue* OptionReader::find(std::string_view name, const char* what, bool required) {
  const udf::Option* found = nullptr;
  for (const udf::Option& option : request_.options()) {
    if (option.name() != name) continue;
    if (found != nullptr) report(name, "to be given once", "several values");
    found = &option;
  }
  if (found == nullptr) {
    if (required) report(name, what, "nothing", fmt::format("give it as .{}()", name));
    return nullptr;
  }
  if (found->values_size() == 1) return &found->values(0);
  report(name, what, fmt::format("{} values", found->values_size()));
  return nullptr;
}

std::string OptionReader::text(std::string_view name, std::optional<std::string> default_value) {
  const udf::OptionValue* const value = find(name, "a text", !default_value);
  if (value == nullptr) return std::move(default_value).value_or("");
  if (!value->has_stringvalue()) report(name, "a text", "another kind of value", "use single quotes");
  return value->stringvalue();
}

std::int64_t OptionReader::integer(std::string_view name, std::int64_t min, std::int64_t max,
                                   std::optional<std::int64_t> default_value) {
  const std::string what = fmt::format("a whole number from {} to {}", min, max);
  const udf::OptionValue* const value = find(name, what.c_str(), !default_value);
  if (value == nullptr) return default_value.value_or(min);
  if (!value->has_intvalue()) {
    report(name, what, "another kind of value");
  } else if (value->intvalue() < min || value->intvalue() > max) {
    report(name, what, fmt::format("{}", value->intvalue()));
  }
  return value->intvalue();
}

double OptionReader::number(std::string_view name, double min, double max,
                            std::optional<double> default_value) {
  const std::string what = fmt::format("a number from {} to {}", min, max);
  const udf::OptionValue* const value = find(name, what.c_str(), !default_value);
  if (value == nullptr) return default_value.value_or(min);
  if (!value->has_doublevalue()) {
    report(name, what, "another kind of value", "write 3.0, not 3");
  } else if (!(value->doublevalue() >= min && value->doublevalue() <= max)) {
    report(name, what, fmt::format("{}", value->doublevalue()));
  }
  return value->doublevalue();
}

void OptionReader::finish() const {
  if (!diagnostics_.empty()) throw Error(diagnostics_);
}

}  // namespace oddity::agent
