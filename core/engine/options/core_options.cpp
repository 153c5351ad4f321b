#include "options/core_options.hpp"

#include <algorithm>

namespace oddity::options {

const CoreOption* core_option(std::string_view name) noexcept {
  const auto found = std::find_if(std::begin(core_options), std::end(core_options),
                                  [&](const CoreOption& option) { return option.name() == name; });
  return found == std::end(core_options) ? nullptr : found;
}

std::vector<std::string> core_option_names(Place place) {
  std::vector<std::string> names;
  for (const CoreOption& option : core_options) {
    if (option.may_stand(place)) names.emplace_back(option.name());
  }
  return names;
}

bool is_reserved(std::string_view name) noexcept {
  // .quiet() is a property of every node of Kapacitor; `options` is one of its own names.
  if (name == param_name || name == "quiet" || name == "options") return true;
  const CoreOption* const option = core_option(name);
  return option != nullptr && !option->handed_on();
}

}  // namespace oddity::options
