// oddity-plugin-check: whether a detector keeps the laws. `oddity plugin check` becomes this program, `oddity
// plugin install` starts it. It is separate so that code for authors of detectors is not part of the agent.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <memory>
#include <regex>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "conformance/checks.hpp"
#include "conformance/print.hpp"
#include "exit_code.hpp"

namespace oddity::program {
namespace {

struct CheckOptions {
  std::string file;
  std::uint64_t seed = 1;
  double limit = 60;  ///< seconds; our dearest takes two, on a machine that is small or busy many more
  std::string include;
  std::string exclude;
  std::string reproduce;
  std::vector<std::string> params;
  bool list = false;
  bool json = false;
  bool markdown = false;
};

std::regex expression(const char* flag, const std::string& text) {
  try {
    return std::regex(text);
  } catch (const std::regex_error& wrong) {
    throw Error({std::string("option '") + flag + "'", "a regular expression",
                 "'" + text + "': " + wrong.what(), ""});
  }
}

std::vector<conformance::Check> chosen(const CheckOptions& given) {
  const std::regex include = expression("--include", given.include);
  const std::regex exclude = expression("--exclude", given.exclude);
  std::vector<conformance::Check> checks = conformance::all_checks();
  std::erase_if(checks, [&](const conformance::Check& check) {
    const std::string id(check.id);
    return !std::regex_search(id, include) || (!given.exclude.empty() && std::regex_search(id, exclude));
  });
  if (checks.empty())
    throw Error(
        {"options '--include' and '--exclude'", "at least one check left", "none", "--list names them"});
  return checks;
}

conformance::OptionTexts option_texts(const std::vector<std::string>& params) {
  conformance::OptionTexts texts;
  for (const std::string& param : params) {
    const std::size_t equals = param.find('=');
    if (equals == std::string::npos) throw Error({"option '--param'", "name=value", "'" + param + "'", ""});
    texts[param.substr(0, equals)] = param.substr(equals + 1);
  }
  return texts;
}

int list(const CheckOptions& given) {
  const auto checks = chosen(given);
  std::cout << (given.json       ? conformance::json(checks)
                : given.markdown ? conformance::markdown(checks)
                                 : conformance::list(checks));
  return 0;
}

int reproduce(const CheckOptions& given, const conformance::Candidate& candidate) {
  std::vector<std::string> ids;
  for (const conformance::Check& check : conformance::all_checks()) {
    ids.emplace_back(check.id);
    if (check.id != given.reproduce) continue;
    const conformance::Finding finding{check, conformance::run_here(candidate, check)};
    std::cout << conformance::line(finding);
    return conformance::conforms({finding}) ? 0 : 1;
  }
  throw Error({"option '--reproduce'", "the id of a check", "'" + given.reproduce + "'",
               did_you_mean(given.reproduce, ids)});
}

int check(const CheckOptions& given) {
  if (given.list) return list(given);
  if (given.file.empty()) throw Error({"oddity plugin check", "the file of a detector", "none", ""});
  const conformance::Candidate candidate(given.file, given.seed, option_texts(given.params));
  if (!given.reproduce.empty()) return reproduce(given, candidate);
  const auto tell = [&](const conformance::Finding& finding) {
    if (!given.json) std::cout << conformance::line(finding) << std::flush;
  };
  const std::chrono::milliseconds limit(static_cast<std::int64_t>(given.limit * 1000));
  const auto findings = conformance::run_checks(candidate, chosen(given), limit, tell);
  std::cout << (given.json ? conformance::json(candidate, findings)
                           : conformance::summary(candidate, findings));
  return conformance::conforms(findings) ? 0 : 1;
}

void add_options(CLI::App& app, CheckOptions& given) {
  app.add_option("file", given.file, "The detector's shared library");
  app.add_option("--seed", given.seed, "Seed of all generated data")->capture_default_str();
  app.add_option("--limit", given.limit, "Seconds that a check may take")
      ->capture_default_str()
      ->check(CLI::Range(0.01, 86400.0));
  app.add_option("--include", given.include, "Only checks whose id matches this regular expression");
  app.add_option("--exclude", given.exclude, "Skip checks whose id matches this regular expression");
  app.add_option("--param", given.params,
                 "An option of the detector's, as name=value, where the usual will not do; repeatable")
      ->allow_extra_args(false);
  app.add_option("--reproduce", given.reproduce,
                 "Run the check with this id in this very process, for a debugger");
  app.add_flag("--list", given.list, "Print what is checked, and why");
  app.add_flag("--json", given.json, "For programs");
  app.add_flag("--markdown", given.markdown, "With --list: for the docs");
}

}  // namespace
}  // namespace oddity::program

int main(int argument_count, char** arguments) {
  CLI::App app("Find out whether a detector keeps the laws", "oddity plugin check");
  oddity::program::CheckOptions given;
  oddity::program::add_options(app, given);
  return oddity::program::exit_code_of(app, {arguments + 1, arguments + argument_count},
                                       [&] { return oddity::program::check(given); });
}
