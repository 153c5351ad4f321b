#include "conformance/print.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace oddity::conformance {
namespace {

constexpr std::size_t width = 100;

/// Broken at blanks, every line behind `indent`.
std::string wrapped(std::string_view text, std::string_view indent) {
  std::string lines;
  std::size_t column = width + 1;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    const bool fits = column + 1 + word.size() <= width;
    lines += fits ? " " : (lines.empty() ? "" : "\n") + std::string(indent);
    column = fits ? column + 1 + word.size() : indent.size() + word.size();
    lines += word;
  }
  return lines + "\n";
}

std::size_t count(const std::vector<Finding>& findings, CheckOutcome outcome) {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [&](const Finding& finding) { return finding.result.outcome == outcome; }));
}

bool wants_telling(CheckOutcome outcome) {
  return outcome == CheckOutcome::failed || outcome == CheckOutcome::crashed ||
         outcome == CheckOutcome::warned;
}

constexpr std::string_view page_head = R"(# What `oddity plugin check` checks

    oddity plugin check FILE.so

runs every check below on a detector, each in a process of its own that may take a minute (`--limit` has
another), and says one line for each: *passed*; *warned*: legal, but suspicious or dear; *failed*: a promise is broken;
*crashed*: the process ended in the plugin, or not in time; *skipped*: does not apply, or stands on a check
that was not passed. The exit code is 0 when nothing failed or crashed. All data come from `--seed`;
`--reproduce ID` runs one check in the program's own process, for a debugger; `--include` and `--exclude`
choose checks by regular expression; `--param name=value` gives an option where the usual values will not
do; `--json` is for programs.

The laws that are meant are those of [detector.hpp](../core/include/oddity/detector.hpp);
[bad-plugins.md](bad-plugins.md) has a detector for each check that does not pass it.

This page is the output of `oddity plugin check --list --markdown`.
)";

}  // namespace

std::string line(const Finding& finding) {
  constexpr std::size_t id_width = 22;
  std::string text = fmt::format("{:<8} {:<{}} {}", to_string(finding.result.outcome), finding.check.id,
                                 id_width, finding.result.detail);
  text.erase(text.find_last_not_of(' ') + 1);
  return text + "\n";
}

std::string summary(const Candidate& candidate, const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    if (!wants_telling(finding.result.outcome)) continue;
    text += fmt::format("\n{} {}\n", finding.check.id, to_string(finding.result.outcome));
    text += wrapped(finding.result.detail, "    ");
    text += wrapped(finding.check.about, "  ");
  }
  constexpr std::array outcomes{CheckOutcome::passed, CheckOutcome::warned, CheckOutcome::failed,
                                CheckOutcome::crashed, CheckOutcome::skipped};
  std::string counts;
  for (const CheckOutcome outcome : outcomes)
    counts +=
        fmt::format("{}{} {}", counts.empty() ? "" : ", ", count(findings, outcome), to_string(outcome));
  text += fmt::format("\n{} checks of {}: {} (seed {})\n", findings.size(), candidate.file().string(), counts,
                      candidate.seed());
  const auto first = std::find_if(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.result.outcome == CheckOutcome::failed || finding.result.outcome == CheckOutcome::crashed;
  });
  if (first != findings.end()) {
    text += fmt::format("one alone, in this process: oddity plugin check {} --seed {} --reproduce {}\n",
                        candidate.file().string(), candidate.seed(), first->check.id);
  }
  return text;
}

std::string json(const Candidate& candidate, const std::vector<Finding>& findings) {
  nlohmann::ordered_json all{{"plugin", candidate.file().string()},
                             {"seed", candidate.seed()},
                             {"conforms", conforms(findings)},
                             {"checks", nlohmann::ordered_json::array()}};
  for (const Finding& finding : findings) {
    all["checks"].push_back({{"id", finding.check.id},
                             {"group", finding.check.group},
                             {"outcome", to_string(finding.result.outcome)},
                             {"detail", finding.result.detail}});
  }
  return all.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string list(std::span<const Check> checks) {
  std::string text;
  for (const Check& check : checks) {
    text += fmt::format("{} ({})\n", check.id, check.group) + wrapped(check.about, "  ");
    if (!check.needs.empty()) text += fmt::format("  Stands on {}.\n", check.needs);
  }
  return text;
}

std::string markdown(std::span<const Check> checks) {
  std::vector<std::string_view> groups;
  for (const Check& check : checks) {
    if (std::find(groups.begin(), groups.end(), check.group) == groups.end()) groups.push_back(check.group);
  }
  std::string text(page_head);
  for (const std::string_view group : groups) {
    text += fmt::format("\n## {}{}\n", static_cast<char>(group[0] - 'a' + 'A'), group.substr(1));
    for (const Check& check : checks) {
      if (check.group != group) continue;
      text += fmt::format("\n### {}\n\n{}", check.id, wrapped(check.about, ""));
      if (!check.needs.empty()) text += fmt::format("\nStands on [{0}](#{0}).\n", check.needs);
    }
  }
  return text;
}

std::string json(std::span<const Check> checks) {
  auto all = nlohmann::ordered_json::array();
  for (const Check& check : checks)
    all.push_back({{"id", check.id}, {"group", check.group}, {"needs", check.needs}, {"about", check.about}});
  return all.dump(2) + "\n";
}

}  // namespace oddity::conformance
