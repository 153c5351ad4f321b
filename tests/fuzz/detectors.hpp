// The project's own detectors, linked into a target, so that a sanitizer and the fuzzer see into them.
#pragma once

#include <memory>
#include <vector>

#include "detect/plan.hpp"
#include "jump/jump.hpp"
#include "ks/ks.hpp"
#include "oddity/export.hpp"
#include "options/value.hpp"
#include "plugin/detector.hpp"
#include "seasonal/seasonal.hpp"
#include "setup/abi_value.hpp"
#include "ttest/ttest.hpp"
#include "zscore/zscore.hpp"

namespace oddity::fuzz {

template <class D>
std::shared_ptr<const plugin::Library> linked() {
  return plugin::Library::linked([](const oddity_host* host) { return detail::Exported<D>::entry(host); },
                                 D::description.name);
}

/// With a history of `size` samples, where the detector has one, and all else as it is unless given.
template <class D>
std::shared_ptr<const plugin::Algorithm> algorithm(std::int64_t size) {
  std::vector<plugin::Algorithm::Value> values;
  for (const OptionSpec& spec : D::description.options) {
    const std::string text = std::string_view(spec.name) == "size" ? std::to_string(size) : spec.default_value;
    std::vector<Diagnostic> wrong;
    const std::vector<options::Setting> given{{spec.name, options::Text{text}, ""}};
    values.push_back(setup::abi_value(options::resolve_value(spec, given, wrong).value()));
  }
  return std::make_shared<plugin::Algorithm>(linked<D>(), std::move(values));
}

/// All three detectors on two fields, for a few groups that are forgotten after an hour.
inline detect::Plan plan(std::int64_t size) {
  detect::Plan made({"x", "hotend"}, 0.01,
                    {{algorithm<plugins::TTest>(size), ""},
                     {algorithm<plugins::ZScore>(size), ""},
                     {algorithm<plugins::KolmogorovSmirnov>(size), ""}});
  made.ttl = std::int64_t{3'600'000'000'000};
  made.max_groups = 5;
  return made;
}

}  // namespace oddity::fuzz
