#include "options/precedence.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace oddity::options {
namespace {

void append_named(std::vector<Setting>& to, const std::vector<Setting>& settings, std::string_view name) {
  std::copy_if(settings.begin(), settings.end(), std::back_inserter(to),
               [&](const Setting& setting) { return setting.name == name; });
}

std::vector<Setting> named(const std::vector<Setting>& settings, std::string_view name) {
  std::vector<Setting> found;
  append_named(found, settings, name);
  return found;
}

std::vector<Level> those_with_mentions(std::vector<Level> levels) {
  std::erase_if(levels, [](const Level& level) { return level.mentions.empty(); });
  return levels;
}

/// Standard options are named like the core's own, and handed on.
bool is_standard(std::string_view name) {
  const CoreOption* const option = core_option(name);
  return option != nullptr && option->handed_on();
}

}  // namespace

std::vector<Level> levels_of(const Settings& settings, const CoreOption& option) {
  return those_with_mentions(
      {{named(settings.given, option.name()), true}, {named(settings.defaults, option.name()), true}});
}

std::vector<Level> levels_of(const Settings& settings, std::string_view detector,
                             const oddity_option_spec& spec) {
  const std::string_view name = spec.name;
  Level of_one{named(settings.params, std::string(detector) + "." + spec.name), false};
  Level of_all{{}, true};
  if (is_standard(name)) append_named(of_all.mentions, settings.given, name);
  append_named(of_all.mentions, settings.params, name);
  Level section{{}, false};
  for (const Settings::OfAlgorithm& of : settings.algorithms) {
    if (of.algorithm == detector) append_named(section.mentions, of.settings, name);
  }
  Level defaults{{}, true};
  if (is_standard(name)) append_named(defaults.mentions, settings.defaults, name);
  return those_with_mentions({std::move(of_one), std::move(of_all), std::move(section), std::move(defaults)});
}

}  // namespace oddity::options
