#include "setup/setup.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "setup/abi_value.hpp"

namespace oddity::setup {
namespace {

detect::ChosenAlgorithm load(const options::Choice& choice, plugin::Catalogue& catalogue) {
  std::vector<plugin::Algorithm::Value> values;
  std::string shape;
  for (const options::Resolved& option : choice.options) {
    values.push_back(abi_value(option));
    if (option.shapes_state) shape += (shape.empty() ? "" : " ") + option.name + "=" + option.text();
  }
  return {std::make_shared<plugin::Algorithm>(catalogue.load(choice.algorithm), std::move(values)),
          std::move(shape)};
}

void append(std::vector<Diagnostic>& all, const Error& error) {
  all.insert(all.end(), error.diagnostics().begin(), error.diagnostics().end());
}

}  // namespace

Setup::Setup(std::optional<std::filesystem::path> config_file,
             std::vector<std::filesystem::path> plugin_folders, Own own)
    : config_file_(std::move(config_file)),
      plugin_folders_(std::move(plugin_folders)),
      own_(std::move(own)) {}

Ready Setup::prepare(options::Settings brought, Log& log, RunningCall* call) {
  std::vector<Diagnostic> diagnostics;
  if (config_file_) config_ = config::read(*config_file_, diagnostics);
  plugin::Catalogue catalogue(
      plugin::search_order(plugin_folders_, config_.plugin_folders, own_.plugin_folders),
      plugin::Probe(own_.sandbox));

  brought.defaults = config_.settings.defaults;
  brought.algorithms = config_.settings.algorithms;
  Ready ready;
  try {
    const options::Describe describe = [&](std::string_view name) {
      return std::span<const oddity_option_spec>(catalogue.load(name)->description().options);
    };
    // What is missing from a file with mistakes may be what a mistake hides: only
    // what is there is checked then.
    ready.options = diagnostics.empty() ? options::resolve(brought, describe)
                                        : options::resolve_deployment(brought, describe).plan;
  } catch (const Error& wrong) {
    append(diagnostics, wrong);
  }
  if (!diagnostics.empty()) throw Error(std::move(diagnostics));

  std::vector<detect::ChosenAlgorithm> chosen;
  for (const options::Choice& choice : ready.options.choices) chosen.push_back(load(choice, catalogue));
  ready.engine =
      std::make_unique<detect::Pipeline>(detect::Plan(ready.options, std::move(chosen)), log, call);
  return ready;
}

}  // namespace oddity::setup
