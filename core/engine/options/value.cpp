#include "options/value.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "options/parse.hpp"

namespace oddity::options {
namespace {

std::vector<std::string> choices_of(const oddity_option_spec& spec) {
  std::vector<std::string> choices;
  std::string_view rest = spec.choices == nullptr ? "" : spec.choices;
  while (!rest.empty()) {
    const std::size_t bar = std::min(rest.find('|'), rest.size());
    choices.emplace_back(rest.substr(0, bar));
    rest.remove_prefix(std::min(rest.size(), bar + 1));
  }
  return choices;
}

/// " from 2 to 9", " between 0 and 1", " of at least 2"; nothing where the type itself is the range.
std::string range(const oddity_option_spec& spec, Ends ends) {
  const auto bound = [&](double value) {
    if (spec.type == ODDITY_DURATION) return print_duration(static_cast<std::int64_t>(value));
    return spec.type == ODDITY_INT ? fmt::format("{:.0f}", value) : print_number(value);
  };
  const double max = spec.type == ODDITY_DOUBLE ? oddity::detail::max_number : oddity::detail::max_whole;
  const bool from = spec.min > -max;
  const bool to = spec.max < max;
  if (from && to) {
    return ends == Ends::excluded ? fmt::format(" between {} and {}", bound(spec.min), bound(spec.max))
                                  : fmt::format(" from {} to {}", bound(spec.min), bound(spec.max));
  }
  if (from && !(spec.type == ODDITY_DURATION && spec.min == 0))
    return fmt::format(" {} {}", ends == Ends::excluded ? "above" : "of at least", bound(spec.min));
  if (to) return fmt::format(" {} {}", ends == Ends::excluded ? "below" : "of at most", bound(spec.max));
  return {};
}

bool in_range(const oddity_option_spec& spec, Ends ends, double value) {
  return ends == Ends::excluded ? value > spec.min && value < spec.max
                                : value >= spec.min && value <= spec.max;
}

template <class T, class Parse>
std::optional<T> typed(const Given& given, Parse parse) {
  if (const auto* value = std::get_if<T>(&given)) return *value;
  if (const auto* text = std::get_if<Text>(&given)) return parse(text->text);
  return std::nullopt;
}

std::optional<double> as_number(const Given& given) {
  // Kapacitor's JSON form of a pipeline turns 3.0 into 3, so a whole number is one, too.
  if (const auto* whole = std::get_if<std::int64_t>(&given)) return static_cast<double>(*whole);
  return typed<double>(given, parse_number);
}

std::optional<std::int64_t> as_duration(const Given& given) {
  if (const auto* value = std::get_if<Duration>(&given)) return value->nanoseconds;
  if (const auto* text = std::get_if<Text>(&given)) return parse_duration(text->text);
  return std::nullopt;
}

std::optional<std::string> as_text(const Given& given) {
  return typed<std::string>(given, [](const std::string& text) { return std::optional(text); });
}

/// Appends one value to the resolved ones. False: it is not of the type, or not permitted.
bool append(const oddity_option_spec& spec, Ends ends, const Given& given, Resolved& resolved) {
  switch (spec.type) {
    case ODDITY_BOOL: {
      const auto value = typed<bool>(given, parse_boolean);
      if (value) std::get<std::vector<std::uint8_t>>(resolved.values).push_back(*value ? 1 : 0);
      return value.has_value();
    }
    case ODDITY_INT:
    case ODDITY_DURATION: {
      const auto value =
          spec.type == ODDITY_INT ? typed<std::int64_t>(given, parse_integer) : as_duration(given);
      if (!value || !in_range(spec, ends, static_cast<double>(*value))) return false;
      std::get<std::vector<std::int64_t>>(resolved.values).push_back(*value);
      return true;
    }
    case ODDITY_DOUBLE: {
      const auto value = as_number(given);
      if (!value || !std::isfinite(*value) || !in_range(spec, ends, *value)) return false;
      std::get<std::vector<double>>(resolved.values).push_back(*value);
      return true;
    }
    default: {
      const auto value = as_text(given);
      const auto choices = choices_of(spec);
      if (!value || (!choices.empty() && std::find(choices.begin(), choices.end(), *value) == choices.end()))
        return false;
      std::get<std::vector<std::string>>(resolved.values).push_back(*value);
      return true;
    }
  }
}

Resolved empty_value(const oddity_option_spec& spec) {
  Resolved resolved{spec.name, {}, spec.type, spec.shapes_state != 0};
  switch (spec.type) {
    case ODDITY_BOOL:
      resolved.values = std::vector<std::uint8_t>();
      break;
    case ODDITY_DOUBLE:
      resolved.values = std::vector<double>();
      break;
    case ODDITY_STRING:
      resolved.values = std::vector<std::string>();
      break;
    default:
      resolved.values = std::vector<std::int64_t>();
      break;
  }
  return resolved;
}

std::string hint(const oddity_option_spec& spec, const Given& given) {
  if (std::holds_alternative<std::monostate>(given)) {
    return "double quotes make a reference to a tag or field in TICKscript; write single quotes";
  }
  if (spec.type == ODDITY_STRING && spec.choices != nullptr) {
    if (const auto text = as_text(given)) return did_you_mean(*text, choices_of(spec));
  }
  return {};
}

}  // namespace

std::optional<Resolved> resolve_value(const oddity_option_spec& spec, std::span<const Setting> mentions,
                                      std::vector<Diagnostic>& diagnostics, Ends ends) {
  Resolved resolved = empty_value(spec);
  bool good = true;
  if (mentions.size() > 1 && spec.list == 0) {
    diagnostics.push_back(
        {where(mentions.back()), "one value", fmt::format("{}", mentions.size()), "give it once"});
    return std::nullopt;
  }
  for (const Setting& mention : mentions) {
    if (append(spec, ends, mention.value, resolved)) continue;
    diagnostics.push_back(
        {where(mention), expected(spec, ends), shown(mention.value), hint(spec, mention.value)});
    good = false;
  }
  return good ? std::optional(std::move(resolved)) : std::nullopt;
}

std::string where(const Setting& setting) {
  const std::string option = fmt::format("option '{}'", setting.name);
  return setting.origin.empty() ? option : fmt::format("{}: {}", setting.origin, option);
}

std::string shown(const Given& given) {
  struct Show {
    std::string operator()(std::monostate) const { return "no value"; }
    std::string operator()(bool value) const { return value ? "TRUE" : "FALSE"; }
    std::string operator()(std::int64_t value) const { return fmt::format("{}", value); }
    std::string operator()(double value) const { return print_number(value); }
    std::string operator()(const std::string& value) const { return fmt::format("'{}'", value); }
    std::string operator()(const Duration& value) const { return print_duration(value.nanoseconds); }
    std::string operator()(const Text& value) const { return fmt::format("'{}'", value.text); }
  };
  return std::visit(Show{}, given);
}

std::string expected(const oddity_option_spec& spec, Ends ends) {
  const std::string unit = *spec.unit == '\0' ? "" : fmt::format(" ({})", spec.unit);
  switch (spec.type) {
    case ODDITY_BOOL:
      return "true or false";
    case ODDITY_INT:
      return fmt::format("a whole number{}{}", range(spec, ends), unit);
    case ODDITY_DOUBLE:
      return fmt::format("a number{}{}", range(spec, ends), unit);
    case ODDITY_DURATION:
      return fmt::format("a duration such as 5m{}", range(spec, ends));
    default:
      break;
  }
  return spec.choices == nullptr ? "a text" : fmt::format("one of {}", fmt::join(choices_of(spec), ", "));
}

std::string Resolved::text() const {
  std::vector<std::string> texts;
  std::visit(
      [&](const auto& all) {
        using Value = typename std::decay_t<decltype(all)>::value_type;
        for (const auto& value : all) {
          if constexpr (std::is_same_v<Value, std::uint8_t>)
            texts.emplace_back(value != 0 ? "true" : "false");
          if constexpr (std::is_same_v<Value, std::int64_t>)
            texts.push_back(type == ODDITY_DURATION ? print_duration(value) : fmt::format("{}", value));
          if constexpr (std::is_same_v<Value, double>) texts.push_back(print_number(value));
          if constexpr (std::is_same_v<Value, std::string>) texts.push_back(value);
        }
      },
      values);
  return texts.size() == 1 ? texts[0] : fmt::format("[{}]", fmt::join(texts, ", "));
}

}  // namespace oddity::options
