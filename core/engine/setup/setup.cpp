#include "setup/setup.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "options/value.hpp"
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

/// Where an option was given that has a value other than its default.
std::string place_of(std::string_view option, const options::Settings& brought) {
  for (const auto* settings : {&brought.given, &brought.defaults}) {
    for (const options::Setting& setting : *settings)
      if (setting.name == option) return options::where(setting);
  }
  return fmt::format("option '{}'", option);
}

/// What only a stream of points has a use for, or has it in one way only.
void refuse_misplaced(const options::ResolvedOptions& options, const options::Settings& brought,
                      Windows windows, std::vector<Diagnostic>& diagnostics) {
  const bool points = windows == Windows::are_made_of_points;
  const auto only_for_points = [&](const char* option, const char* hint) {
    if (points) return;
    diagnostics.push_back({place_of(option, brought),
                           "a function on the stream edge, which gets single points",
                           "windows that come finished", hint});
  };
  if (!options.window.none())
    only_for_points("window",
                    "leave it out, or give args = [\"agent\", \"--edge\", \"stream\"] to Kapacitor");
  if (options.pass_through)
    only_for_points("passThrough", "windows are no points that could be handed on: leave it out");
  if (points && options.pass_through && !options.window.none())
    diagnostics.push_back({place_of("passThrough", brought), "no 'window' beside it", "both",
                           "only where each point is judged alone its result is its own"});
}

}  // namespace

Setup::Setup(std::optional<std::filesystem::path> config_file,
             std::vector<std::filesystem::path> plugin_folders, Own own)
    : config_file_(std::move(config_file)),
      plugin_folders_(std::move(plugin_folders)),
      own_(std::move(own)) {}

Ready Setup::prepare(options::Settings brought, Log& log, RunningCall* call, Windows windows) {
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
      const plugin::DetectorDescription& description = catalogue.load(name)->description();
      return options::Described(description.options, description.calibrated());
    };
    // What is missing from a file with mistakes may be what a mistake hides: only
    // what is there is checked then.
    ready.options = diagnostics.empty() ? options::resolve(brought, describe)
                                        : options::resolve_deployment(brought, describe).plan;
  } catch (const Error& wrong) {
    append(diagnostics, wrong);
  }
  refuse_misplaced(ready.options, brought, windows, diagnostics);
  if (!diagnostics.empty()) throw Error(std::move(diagnostics));

  std::vector<detect::ChosenAlgorithm> chosen;
  for (const options::Choice& choice : ready.options.choices) chosen.push_back(load(choice, catalogue));
  ready.engine =
      std::make_unique<detect::Pipeline>(detect::Plan(ready.options, std::move(chosen)), log, call);
  if (windows == Windows::are_made_of_points && ready.options.window.none()) {
    for (std::string& note : ready.engine->notes_on_single_rows())
      ready.options.notes.push_back(std::move(note));
  }
  return ready;
}

}  // namespace oddity::setup
