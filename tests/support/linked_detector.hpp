// A detector that is linked into a test, with its options as texts.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "oddity/export.hpp"
#include "options/value.hpp"
#include "plugin/detector.hpp"
#include "setup/abi_value.hpp"

namespace oddity::test {

template <class D>
std::shared_ptr<const plugin::Library> linked() {
  return plugin::Library::linked([](const oddity_host* host) { return detail::Exported<D>::entry(host); },
                                 D::description.name);
}

/// What is not given is as it is by default; of what is given, the detector takes what it declares.
template <class D>
std::shared_ptr<const plugin::Algorithm> linked_algorithm(const std::map<std::string, std::string>& given) {
  std::vector<plugin::Algorithm::Value> values;
  for (const OptionSpec& spec : D::description.options) {
    const auto text = given.find(spec.name);
    const std::vector<options::Setting> mentions{
        {spec.name, options::Text{text == given.end() ? spec.default_value : text->second}, ""}};
    std::vector<Diagnostic> wrong;
    const auto resolved = options::resolve_value(spec, mentions, wrong);
    if (!resolved) throw Error(std::move(wrong));
    values.push_back(setup::abi_value(*resolved));
  }
  return std::make_shared<plugin::Algorithm>(linked<D>(), std::move(values));
}

}  // namespace oddity::test
