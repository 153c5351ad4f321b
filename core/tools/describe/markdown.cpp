// A description as Markdown, for pages of the docs.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "describe/page.hpp"
#include "options/value.hpp"

namespace oddity::describe {
namespace {

/// A text that stands in a table's cell.
std::string cell(std::string_view text) {
  std::string safe;
  for (const char c : text) safe += c == '|' ? std::string("\\|") : std::string(1, c);
  return safe;
}

}  // namespace

std::string markdown(const Page& page) {
  const plugin::DetectorDescription& about = page.description();
  std::string text = fmt::format("# {} {}\n\n{}\n", about.name, about.version, about.about);
  if (!page.options().empty()) text += "\n| option | takes | unless given | |\n|---|---|---|---|\n";
  for (const auto& option : page.options())
    text += fmt::format("| `{}` | {} | {} | {} |\n", option.name, cell(options::expected(option)),
                        cell(default_of(option)), cell(option.about));
  if (!page.outputs().empty()) text += "\n| output | unit | |\n|---|---|---|\n";
  for (const auto& output : page.outputs())
    text += fmt::format("| `{}` | {} | {} |\n", output.name, cell(output.unit), cell(output.about));
  text += "\n| | |\n|---|---|\n";
  text += fmt::format("| judges | {}; directions {} |\n", fields(about),
                      fmt::join(plugin::directions_of(about), ", "));
  text += fmt::format("| answers with | {} |\n", answers_with(about));
  if (about.offers != 0) text += fmt::format("| and always with | {} |\n", fmt::join(offered(about), ", "));
  if (!about.reasons.empty()) text += fmt::format("| says why | {} |\n", cell(reasons(about)));
  if (about.gets_used_to_things()) text += "| gets used to | whatever it sees, learned or not |\n";
  text += fmt::format("| a group holds | {} |\n", holdings(page.measured));
  text += fmt::format("| state | version {}, reads from version {} on |\n", about.state_version,
                      about.oldest_state_version);
  return text;
}

std::string markdown(std::span<const Entry> entries) {
  std::string text = "| detector | version | asks | options | a group holds |\n|---|---|---|---|---|\n";
  std::string others;
  for (const Entry& entry : entries) {
    if (!entry.refused.empty()) {
      others += fmt::format("\nRefused: {}\n", entry.refused);
      continue;
    }
    if (!entry.hidden_by.empty()) continue;
    const plugin::DetectorDescription& about = entry.page.description();
    std::vector<std::string> names;
    for (const auto& option : entry.page.options()) names.push_back(fmt::format("`{}`", option.name));
    text += fmt::format("| {} | {} | {} | {} | {} |\n", about.name, about.version, cell(about.about),
                        fmt::join(names, ", "), holdings(entry.page.measured));
  }
  return text + others;
}

}  // namespace oddity::describe
