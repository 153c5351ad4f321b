// `oddity config`: checks a deployment, and lists what may stand in one.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "describe/core_options.hpp"
#include "options/parse.hpp"
#include "own_place.hpp"
#include "setup/check.hpp"
#include "state/store.hpp"
#include "verbs.hpp"

namespace oddity::program {
namespace {

void print(const char* what, const std::string& text) { fmt::print("  {:<11}{}\n", what, text); }

std::string limits(const config::Limits& limits) {
  std::vector<std::string> texts;
  for (const auto& [name, value] :
       {std::pair{"call", limits.call}, std::pair{"heartbeat", limits.heartbeat},
        std::pair{"outputStall", limits.output_stall}, std::pair{"endStall", limits.end_stall},
        std::pair{"endCall", limits.end_call}}) {
    if (value) texts.push_back(fmt::format("{}={}", name, options::print_duration(*value)));
  }
  if (limits.inbox) texts.push_back(fmt::format("inbox={}", options::print_size(*limits.inbox)));
  return texts.empty() ? "as usual" : fmt::format("{}", fmt::join(texts, " "));
}

std::string state(const config::State& state) {
  const std::filesystem::path folder = state.dir.value_or(state::Store::user_folder());
  return fmt::format("{}; at most {}; one that cannot be used: {}",
                     folder.empty() ? "not saved at a stop"
                                    : fmt::format("saved at a stop in '{}' and kept for {}", folder.string(),
                                                  options::print_duration(state.keep)),
                     options::print_size(state.max_snapshot),
                     state.on_mismatch == config::OnMismatch::refuse ? "refuse" : "fresh");
}

/// The core's options of `defaults`, as the log line at start has them.
std::string defaults(const options::ResolvedOptions& plan, const std::vector<std::string>& left_open) {
  static const options::CoreOptions usual;
  std::vector<std::string> texts;
  for (const options::CoreOption& option : options::core_options) {
    const bool open = std::find(left_open.begin(), left_open.end(), option.name()) != left_open.end();
    // Of two options that say the same only the one that is meant.
    const bool other_meant = option.instead != nullptr || option.name() == "falseAlarms";
    if (other_meant && option.text(plan) == option.text(usual)) continue;
    if (!open && !option.handed_on()) texts.push_back(fmt::format("{}={}", option.name(), option.text(plan)));
  }
  return fmt::format("{}", fmt::join(texts, " "));
}

void print_right(const std::string& file, const setup::Checked& checked) {
  fmt::print("{}: no mistake\n", file);
  std::vector<std::string> folders;
  for (const auto& folder : checked.folders) folders.push_back(folder.string());
  print("plugins", fmt::format("{}", fmt::join(folders, ", ")));
  print("defaults", defaults(checked.options.plan, checked.options.left_open));
  for (std::size_t i = 0; i < checked.detectors.size(); ++i) {
    const options::Choice& choice = checked.options.plan.choices[i];
    std::string text;
    for (const options::Resolved& option : choice.options)
      text += fmt::format("{}={} ", option.name, option.text());
    print(choice.algorithm.c_str(), fmt::format("{}from {}", text, checked.detectors[i]->path().string()));
  }
  print("limits", limits(checked.config.limits));
  print("state", state(checked.config.state));
  for (const std::string& note : checked.options.plan.notes) print("note", note);
  if (!checked.options.left_open.empty())
    print("left open", fmt::format("{}: to be given in TICKscript or on the command line",
                                   fmt::join(checked.options.left_open, ", ")));
}

/// Returns the exit code: 0 where nothing is wrong, otherwise 1.
int run_check(const std::vector<std::string>& files, const std::vector<std::string>& folders) {
  int exit_code = 0;
  for (const std::string& file : files) {
    try {
      print_right(file, setup::check(file, {folders.begin(), folders.end()}, own_parts()));
    } catch (const Error& wrong) {
      for (const Diagnostic& diagnostic : wrong.diagnostics())
        fmt::print(stderr, "{}\n", diagnostic.sentence());
      exit_code = 1;
    }
  }
  return exit_code;
}

void add_check(CLI::App& config, int& exit_code) {
  const auto files = std::make_shared<std::vector<std::string>>();
  const auto folders = std::make_shared<std::vector<std::string>>();
  CLI::App* const verb = config.add_subcommand(
      "check", "Every mistake in a YAML deployment, with its line; exit code 0 where there is none, else 1");
  verb->add_option("files", *files, "YAML deployments")->required()->type_name("FILE");
  verb->add_option("--plugins", *folders, "Folder of detectors, searched before all others; repeatable")
      ->check(CLI::ExistingDirectory)
      ->allow_extra_args(false)
      ->type_name("FOLDER");
  verb->callback([files, folders, &exit_code] { exit_code = run_check(*files, *folders); });
}

void add_options(CLI::App& config) {
  const auto markdown = std::make_shared<bool>(false);
  CLI::App* const verb = config.add_subcommand("options", "The options that are the same for all detectors");
  verb->add_flag("--markdown", *markdown, "For pages");
  verb->callback([markdown] {
    fmt::print("{}", *markdown ? describe::core_options_markdown() : describe::core_options_text());
  });
}

}  // namespace

void add_config_verb(CLI::App& app, int& exit_code) {
  CLI::App* const config =
      app.add_subcommand("config", "YAML deployments: is one right, what may stand in one");
  config->require_subcommand(1);
  add_check(*config, exit_code);
  add_options(*config);
}

}  // namespace oddity::program
