#include "csv/csv_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "base/utf8.hpp"

namespace oddity::formats {
namespace {

std::optional<std::size_t> index_of(const std::vector<std::string>& names, std::string_view name) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end()) return std::nullopt;
  return static_cast<std::size_t>(at - names.begin());
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

/// What the time's column is called, the likeliest first.
constexpr std::array<std::string_view, 6> usual_times{"time", "timestamp", "_time", "datetime", "date", "ts"};

std::string separator_name(char separator) {
  return separator == '\t' ? "tabs" : fmt::format("'{}'", separator);
}

/// Names that InfluxDB gives to columns of its own.
bool is_influx_own(const std::string& name) {
  return name.empty() || name[0] == '_' || name == "result" || name == "table";
}

/// Finds columns and keeps the diagnostics about those that are not there.
class Finder {
 public:
  Finder(CsvTable& table, char separator) : table_(table), separator_(separator) {}

  std::optional<std::size_t> find(const std::string& name, const char* what) {
    const auto at = index_of(table_.names, name);
    if (!at) {
      report(fmt::format("a column '{}' for {}", name, what), hint_for(name));
    } else if (std::count(table_.names.begin(), table_.names.end(), name) > 1) {
      table_.diagnostics.push_back(
          {"", fmt::format("one column '{}' for {}", name, what), "a header with several", ""});
    }
    return at;
  }
  void report(std::string expected, std::string hint) {
    table_.diagnostics.push_back(
        {"", std::move(expected),
         fmt::format("a header without it (its names, split at {}: {})", separator_name(separator_), list()),
         std::move(hint)});
  }

 private:
  std::string hint_for(const std::string& name) const {
    if (!std::all_of(table_.names.begin(), table_.names.end(), [](const auto& one) { return is_utf8(one); }))
      return "its names are not UTF-8: is it of Windows? iconv -f WINDOWS-1252 -t UTF-8 converts it";
    return did_you_mean(name, table_.names);
  }
  std::string list() const {
    constexpr std::size_t max = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(max, table_.names.size()); ++i)
      text += (i == 0 ? "" : ", ") + (table_.names[i].empty() ? "''" : table_.names[i].substr(0, 40));
    return text + (table_.names.size() > max ? ", ..." : "");
  }
  CsvTable& table_;
  char separator_;
};

/// Where none is named: a column that may have the dates of times of day.
std::optional<std::size_t> date_beside_time(const CsvTable& table, const CsvChoice& choice) {
  if (!table.has_time() || lower(table.names[table.time]) != "time") return std::nullopt;
  const auto is_other = [&](const std::vector<std::string>& chosen, const std::string& name) {
    return std::find(chosen.begin(), chosen.end(), name) != chosen.end();
  };
  for (std::size_t i = 0; i < table.names.size(); ++i) {
    const std::string& name = table.names[i];
    if (lower(name) == "date" && !is_other(choice.fields, name) && !is_other(choice.group_by, name) &&
        !is_other(choice.columns.tags, name))
      return i;
  }
  return std::nullopt;
}

void find_tags(CsvTable& table, const CsvAnnotations& annotations, const CsvChoice& choice, Finder& finder) {
  const auto add = [&](const std::string& name, std::size_t at) {
    if (std::none_of(table.tags.begin(), table.tags.end(),
                     [&](const auto& tag) { return tag.first == name; }))
      table.tags.emplace_back(name, at);
  };
  const bool influx = table.field_name.has_value() || annotations.any();
  for (const std::string& name : choice.columns.tags) {
    if (const auto at = influx ? index_of(table.names, name) : finder.find(name, "a tag")) add(name, *at);
  }
  for (const std::string& name : choice.group_by) {
    if (const auto at = index_of(table.names, name); at && name != "_measurement") add(name, *at);
  }
  if (!influx) return;
  if (const auto result = index_of(table.names, "result")) add("result", *result);
  for (std::size_t i = 0; i < table.names.size(); ++i) {
    const bool key =
        annotations.groups.empty() || (i < annotations.groups.size() && annotations.groups[i] == "true");
    const bool chosen =
        std::find(choice.fields.begin(), choice.fields.end(), table.names[i]) != choice.fields.end();
    if (key && !chosen && i != table.time && !is_influx_own(table.names[i])) add(table.names[i], i);
  }
}

}  // namespace

bool is_time_name(const std::string& name) {
  return std::find(usual_times.begin(), usual_times.end(), lower(name)) != usual_times.end();
}

std::size_t time_column(const std::vector<std::string>& names, const std::string& named) {
  if (!named.empty()) return index_of(names, named).value_or(names.size());
  for (const std::string_view name : usual_times) {
    const auto at = std::find_if(names.begin(), names.end(),
                                 [&](const std::string& column) { return lower(column) == name; });
    if (at != names.end()) return static_cast<std::size_t>(at - names.begin());
  }
  return names.size();
}

CsvTable csv_table(std::vector<std::string> names, const CsvAnnotations& annotations, const CsvChoice& choice,
                   char separator) {
  CsvTable table;
  table.names = std::move(names);
  Finder finder(table, separator);
  const bool influx = annotations.any();
  table.time = time_column(table.names, choice.columns.time);
  if (!table.has_time() && !choice.columns.time.empty()) finder.find(choice.columns.time, "the time");
  if (!table.has_time() && choice.columns.time.empty()) {
    table.unnamed_time = !influx && table.names.size() > 1 && table.names[0].empty();
    if (table.unnamed_time)
      table.time = 0;
    else
      finder.report("a column 'time' or 'timestamp'",
                    table.names.size() > 1
                        ? "name it with --time-column"
                        : "of lines before the header tail -n +2 leaves out one, and so on");
  }
  if (!choice.columns.clock.empty()) table.clock = finder.find(choice.columns.clock, "the time of day");
  if (choice.columns.time.empty() && !influx) table.date = date_beside_time(table, choice);
  const auto type = [&](std::size_t at) {
    return at < annotations.types.size() ? std::string_view(annotations.types[at]) : std::string_view();
  };
  table.time_is_ns = type(table.time) == "dateTime:number";
  table.defaults = annotations.defaults;
  table.measurement = index_of(table.names, "_measurement");
  const auto value = index_of(table.names, "_value");
  if (value) table.field_name = index_of(table.names, "_field");
  table.field_value = value.value_or(0);
  table.fields.resize(choice.fields.size());
  for (std::size_t i = 0; i < choice.fields.size() && !table.field_name; ++i) {
    table.fields[i] =
        influx ? index_of(table.names, choice.fields[i]) : finder.find(choice.fields[i], "the field");
  }
  find_tags(table, annotations, choice, finder);
  return table;
}

}  // namespace oddity::formats
