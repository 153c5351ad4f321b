#include "describe/core_options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "options/core_options.hpp"
#include "options/value.hpp"

namespace oddity::describe {
namespace {

using options::CoreOption;

const options::CoreOptions usual;

/// "a whole number from 1 to 9; default 3"
std::string values(const CoreOption& option) {
  std::string text = options::expected(option);
  if (option.spec.list != 0) text += ", or several";
  if (option.instead != nullptr) return text + fmt::format("; required, or {}", option.instead);
  return text + (option.required() ? "; required" : fmt::format("; default {}", option.text(usual)));
}

std::string as_tickscript(const CoreOption& option) {
  if (option.spec.type == ODDITY_STRING) return fmt::format("'{}'", option.example);
  if (option.spec.type == ODDITY_BOOL) return std::string_view(option.example) == "true" ? "TRUE" : "FALSE";
  return option.example;
}

std::string cell(bool may_stand, const std::string& code) {
  return may_stand ? fmt::format("`{}`", code) : std::string("no");
}

}  // namespace

std::string core_options_text() {
  std::size_t width = std::string_view(options::param_name).size();
  for (const CoreOption& option : options::core_options) width = std::max(width, option.name().size());
  std::string text;
  const auto add = [&](std::string_view name, const std::string& values, const char* about) {
    text += fmt::format("{:<{}}  {}\n{:<{}}  {}\n", name, width, values, "", width, about);
  };
  for (const CoreOption& option : options::core_options)
    add(option.name(), values(option), option.spec.about);
  add(options::param_name, "a name and a value, as the detector declares them, or several",
      options::param_about);
  return text;
}

std::string core_options_markdown() {
  std::string text =
      "| option | TICKscript | command line | YAML (`defaults:`) | values | |\n|---|---|---|---|---|---|\n";
  for (const CoreOption& option : options::core_options) {
    text += fmt::format(
        "| {0} | {1} | {2} | {3} | {4} | {5} |\n", option.name(),
        cell(option.may_stand(options::in_tickscript),
             fmt::format(".{}({})", option.name(), as_tickscript(option))),
        cell(option.may_stand(options::on_command_line),
             fmt::format("--{} {}", option.name(), option.example)),
        cell(option.may_stand(options::in_yaml), fmt::format("{}: {}", option.name(), option.example)),
        values(option), option.spec.about);
  }
  text += fmt::format(
      "| {0} | `.{0}('name', 'value')` | `--{0} name=value` | `algorithms: {{NAME: {{name: value}}}}` | as "
      "text, of "
      "the type that the detector declares | {1} |\n",
      options::param_name, options::param_about);
  return text;
}

}  // namespace oddity::describe
