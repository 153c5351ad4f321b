#include "judge/result_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <variant>

namespace oddity::live {
namespace {

/// A newline cannot stand in a name or tag of line protocol at all.
void append_escaped(std::string& out, std::string_view text, std::string_view special) {
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c == '\n' ? ' ' : c;
  }
}

void append_value(std::string& out, double value) { fmt::format_to(std::back_inserter(out), "{}", value); }
void append_value(std::string& out, bool value) { out += value ? "true" : "false"; }
void append_value(std::string& out, std::string_view value) {
  out += '"';
  append_escaped(out, value, "\"\\");
  out += '"';
}

/// An empty text says nothing, and would be stored with every point.
bool is_chosen(const ResultField& field, const ChosenResults& chosen) {
  const auto* const text = std::get_if<std::string_view>(&field.value);
  if (text != nullptr && text->empty()) return false;
  return chosen.empty() || std::find(chosen.begin(), chosen.end(), field.name) != chosen.end();
}

/// `name`: with its =. A text that looks like such a field counts as one.
bool has_field(std::string_view line, std::string_view name) {
  for (std::size_t at = line.find(name); at != std::string_view::npos; at = line.find(name, at + 1))
    if (at != 0 && (line[at - 1] == ',' || line[at - 1] == ' ')) return true;
  return false;
}

constexpr std::string_view special_in_names = ", ";
constexpr std::string_view special_in_keys = ",= ";

}  // namespace

void append_result_line(std::string& out, std::string_view name, const window::Tags& tags,
                        std::span<const ResultField> fields, const ChosenResults& chosen, std::int64_t time) {
  const std::size_t before = out.size();
  append_escaped(out, name, special_in_names);
  for (const auto& [key, value] : tags) {
    out += ',';
    append_escaped(out, key, special_in_keys);
    out += '=';
    append_escaped(out, value, special_in_keys);
  }
  char between = ' ';
  for (const ResultField& field : fields) {
    if (!is_chosen(field, chosen)) continue;
    out += between;
    between = ',';
    append_escaped(out, field.name, special_in_keys);
    out += '=';
    std::visit([&](const auto& value) { append_value(out, value); }, field.value);
  }
  if (between == ' ') return out.resize(before);
  fmt::format_to(std::back_inserter(out), " {}\n", time);
}

bool append_further_fields(std::string& out, std::string_view line, std::string_view field_name,
                           std::span<const ResultField> fields, const ChosenResults& chosen) {
  bool all_free = true;
  std::string name;
  for (const ResultField& field : fields) {
    if (!is_chosen(field, chosen)) continue;
    name.clear();
    append_escaped(name, field_name, special_in_keys);
    name += '.';
    append_escaped(name, field.name, special_in_keys);
    name += '=';
    for (; has_field(line, name); all_free = false) name.insert(0, "oddity.");
    out += ',';
    out += name;
    std::visit([&](const auto& value) { append_value(out, value); }, field.value);
  }
  return all_free;
}

}  // namespace oddity::live
