#include "options/chosen_detector.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "options/core_options.hpp"
#include "options/precedence.hpp"
#include "options/value.hpp"

namespace oddity::options {
namespace {

using ChosenDetectors = std::span<const ChosenDetector>;

/// A param addresses every chosen detector that declares it, or one by 'detector.name'.
bool takes(const ChosenDetector& detector, const Setting& param) {
  return detector.declares(param.name) ||
         (param.name.starts_with(detector.name + ".") &&
          detector.declares(std::string_view(param.name).substr(detector.name.size() + 1)));
}

/// Those whose option a param may be: one by 'detector.name', else all.
ChosenDetectors addressed(ChosenDetectors chosen, const Setting& param) {
  for (const ChosenDetector& detector : chosen)
    if (param.name.starts_with(detector.name + ".")) return {&detector, 1};
  return chosen;
}

std::string names_of(ChosenDetectors asked) {
  std::string text;
  for (const ChosenDetector& detector : asked) text += (text.empty() ? "" : " or ") + detector.name;
  return text;
}

/// The options that any of them declares, each once.
std::vector<std::string> options_of(ChosenDetectors asked) {
  std::vector<std::string> all;
  for (const ChosenDetector& detector : asked) {
    for (const auto& spec : detector.specs)
      if (std::find(all.begin(), all.end(), spec.name) == all.end()) all.emplace_back(spec.name);
  }
  return all;
}

/// How an option of the core is given where that setting came from.
std::string core_form(const Setting& setting) {
  if (setting.origin.empty()) return fmt::format(".{}(...)", setting.name);
  if (setting.origin.starts_with("--")) return fmt::format("--{} ...", setting.name);
  return fmt::format("'{}' of 'defaults'", setting.name);
}

/// What the detectors that were asked take instead.
std::string offer(const Setting& setting, ChosenDetectors asked) {
  if (is_reserved(setting.name) && setting.name != param_name && core_option(setting.name) != nullptr)
    return fmt::format("it is the same for all detectors, and given as {}", core_form(setting));
  const std::vector<std::string> all = options_of(asked);
  const std::string_view name = setting.name;
  const std::string near = did_you_mean(name.substr(name.find('.') + 1), all);
  if (!near.empty()) return near;
  return all.empty() ? "it takes none" : fmt::format("it takes {}", fmt::join(all, ", "));
}

Diagnostic unknown(const Setting& setting, ChosenDetectors asked) {
  return {where(setting), fmt::format("an option of {}", names_of(asked)), "an unknown name",
          offer(setting, asked)};
}

}  // namespace

bool ChosenDetector::declares(std::string_view option) const noexcept {
  return std::any_of(specs.begin(), specs.end(), [&](const auto& spec) { return option == spec.name; });
}

std::vector<Diagnostic> options_of_nobody(const Settings& settings, ChosenDetectors chosen) {
  std::vector<Diagnostic> diagnostics;
  if (chosen.empty()) return diagnostics;
  for (const Setting& param : settings.params) {
    const bool taken = std::any_of(chosen.begin(), chosen.end(),
                                   [&](const ChosenDetector& detector) { return takes(detector, param); });
    if (!taken) diagnostics.push_back(unknown(param, addressed(chosen, param)));
  }
  for (const Settings::OfAlgorithm& section : settings.algorithms) {
    for (const ChosenDetector& detector : chosen) {
      if (detector.name != section.algorithm) continue;
      for (const Setting& setting : section.settings)
        if (!detector.declares(setting.name)) diagnostics.push_back(unknown(setting, {&detector, 1}));
    }
  }
  return diagnostics;
}

std::vector<std::string> options_not_used(const Settings& settings, ChosenDetectors chosen) {
  std::vector<std::string> notes;
  for (const CoreOption& option : core_options) {
    if (!option.handed_on() || levels_of(settings, option).empty()) continue;
    for (const ChosenDetector& detector : chosen) {
      if (!detector.declares(option.name()))
        notes.push_back(fmt::format("{} is not used by algorithm '{}'", option.name(), detector.name));
    }
  }
  return notes;
}

}  // namespace oddity::options
