#include "setup/check.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "detect/plan.hpp"
#include "plugin/catalogue.hpp"
#include "plugin/detector.hpp"
#include "setup/abi_value.hpp"

namespace oddity::setup {
namespace {

void append(std::vector<Diagnostic>& all, const std::vector<Diagnostic>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

/// Of the detector's own section, or of the list of detectors; "" where neither is in the file.
std::string origin_of(const config::Config& config, const std::string& detector) {
  for (const options::Settings::OfAlgorithm& section : config.settings.algorithms)
    if (section.algorithm == detector) return section.origin;
  for (const options::Setting& setting : config.settings.defaults) {
    const auto* const text = std::get_if<options::Text>(&setting.value);
    if (setting.name == "algorithm" && text != nullptr && text->text == detector) return setting.origin;
  }
  return {};
}

/// What its constructor says of complete options. A detector of all fields may require two.
std::vector<Diagnostic> refused(const std::shared_ptr<const plugin::Library>& library,
                                const options::Choice& choice, std::size_t fields,
                                const std::string& origin) {
  if (choice.options.size() != library->description().options.size()) return {};
  std::vector<plugin::Algorithm::Value> values;
  for (const options::Resolved& option : choice.options) values.push_back(abi_value(option));
  const plugin::Algorithm algorithm(library, std::move(values));
  const bool together = library->description().fields == ODDITY_FIELDS_ALL;
  const std::size_t columns = !together ? 1 : fields == 0 ? 2 : fields;
  try {
    const plugin::Detector instance(algorithm, static_cast<std::uint32_t>(columns));
    return {};
  } catch (const Error& wrong) {
    std::vector<Diagnostic> diagnostics = wrong.diagnostics();
    for (Diagnostic& diagnostic : diagnostics)
      if (!origin.empty()) diagnostic.where = fmt::format("{}: {}", origin, diagnostic.where);
    return diagnostics;
  }
}

/// An agent logs this and goes on; in a check it is a mistake. Permissions are not checked, since
/// they depend on who runs oddity.
std::vector<Diagnostic> no_folder(const config::State& state) {
  if (!state.dir || state.dir->empty()) return {};
  std::error_code none;
  std::filesystem::path there = *state.dir;
  while (there.has_relative_path() && !std::filesystem::exists(there, none)) there = there.parent_path();
  if (std::filesystem::is_directory(there, none)) return {};
  return {{state.dir_origin, "'dir' to be a folder, or one that can be made",
           fmt::format("'{}' where '{}' is none", state.dir->string(), there.string()), ""}};
}

/// Only a direction that stands in the file can be one that a detector does not serve.
std::string origin_of_direction(const config::Config& config) {
  for (const options::Setting& setting : config.settings.defaults)
    if (setting.name == "direction") return setting.origin;
  return {};
}

}  // namespace

Checked check(const std::filesystem::path& file, const std::vector<std::filesystem::path>& plugin_folders,
              const Own& own) {
  Checked checked;
  std::vector<Diagnostic> diagnostics;
  checked.config = config::read(file, diagnostics);
  checked.folders = plugin::search_order(plugin_folders, checked.config.plugin_folders, own.plugin_folders);
  plugin::Catalogue catalogue(checked.folders, plugin::Probe(own.sandbox));
  try {
    checked.options = options::resolve_deployment(checked.config.settings, [&](std::string_view name) {
      return std::span<const oddity_option_spec>(catalogue.load(name)->description().options);
    });
    for (const options::Choice& choice : checked.options.plan.choices) {
      checked.detectors.push_back(catalogue.load(choice.algorithm));
      append(diagnostics, refused(checked.detectors.back(), choice, checked.options.plan.fields.size(),
                                  origin_of(checked.config, choice.algorithm)));
      auto wrong =
          detect::wrong_direction(checked.detectors.back()->description(), checked.options.plan.direction);
      if (!wrong) continue;
      wrong->where = fmt::format("{}: {}", origin_of_direction(checked.config), wrong->where);
      diagnostics.push_back(std::move(*wrong));
    }
  } catch (const Error& wrong) {
    append(diagnostics, wrong.diagnostics());
  }
  append(diagnostics, no_folder(checked.config.state));
  if (!diagnostics.empty()) throw Error(std::move(diagnostics));
  return checked;
}

}  // namespace oddity::setup
