// A description as text, for a terminal.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "describe/page.hpp"
#include "options/value.hpp"

namespace oddity::describe {
namespace {

using Row = std::vector<std::string>;

/// Columns as wide as their longest text, two blanks apart.
std::string table(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths;
  for (const Row& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i)
      line += fmt::format("{:<{}}", row[i], i + 1 < row.size() ? widths[i] + 2 : 0);
    text += line + '\n';
  }
  return text;
}

}  // namespace

std::string text(const Page& page) {
  const plugin::DetectorDescription& about = page.description();
  std::string text = fmt::format("{} {}: {}\n", about.name, about.version, about.about);
  std::vector<Row> rows;
  for (const auto& option : page.options()) {
    rows.push_back(
        {"option", option.name, fmt::format("{}; {}", options::expected(option), default_of(option))});
    rows.push_back({"", "", option.about});
  }
  for (const auto& output : page.outputs()) {
    const std::string unit = *output.unit == '\0' ? "" : fmt::format(" ({})", output.unit);
    rows.push_back({"output", output.name, output.about + unit});
  }
  text += table(rows);
  text += table({
      {"judges",
       fmt::format("{}; directions {}; {}", fields(about), fmt::join(plugin::directions_of(about), ", "),
                   fmt::format("answers with {}", answers_with(about)))},
      {"always with",
       about.offers == 0 ? "its outputs alone" : fmt::format("{}", fmt::join(offered(about), ", "))},
      {"says why", reasons(about)},
      {"gets used to", about.gets_used_to_things() ? "whatever it sees, learned or not" : "what is learned"},
      {"a group", holdings(page.measured)},
      {"state",
       fmt::format("version {}, reads from version {} on", about.state_version, about.oldest_state_version)},
      {"build", fmt::format("{}; ABI {}.{}", about.build == nullptr ? "unknown" : about.build,
                            ODDITY_ABI_MAJOR, page.library->table().abi_minor)},
      {"file", page.library->path().string()},
  });
  return text;
}

std::string text(std::span<const Entry> entries) {
  std::vector<Row> rows{{"name", "version", "a group", "asks", "file"}};
  std::string others;
  for (const Entry& entry : entries) {
    if (!entry.refused.empty()) {
      others += fmt::format("refused: {}\n", entry.refused);
    } else if (!entry.hidden_by.empty()) {
      others += fmt::format("hidden: {} by {}\n", entry.file.string(), entry.hidden_by.string());
    } else {
      const plugin::DetectorDescription& about = entry.page.description();
      rows.push_back(
          {about.name, about.version, bytes(entry.page.measured.memory), about.about, entry.file.string()});
    }
  }
  return (rows.size() > 1 ? table(rows) : std::string("no detector can be used\n")) + others;
}

}  // namespace oddity::describe
