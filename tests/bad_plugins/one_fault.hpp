// What every bad plugin begins with: zscore, which keeps all laws. Each file puts one fault into it, and is
// named for it.
#pragma once

#include <cmath>
#include <limits>

#include "oddity/export.hpp"
#include "zscore/zscore.hpp"

namespace bad {

using oddity::Column;
using oddity::Description;
using oddity::Evaluation;
using oddity::Learn;
using oddity::Options;
using oddity::OptionSpec;
using oddity::Outcome;
using oddity::OutputSpec;
using oddity::Question;
using oddity::size_option;
using oddity::StateReader;
using oddity::StateWriter;
using oddity::Window;
using oddity::plugins::ZScore;

constexpr Description described(const char* name) {
  Description description = ZScore::description;
  description.name = name;
  description.about = "Has one fault.";
  return description;
}
/// For a p that its bounds would contradict: there are none.
constexpr Description described_without_bounds(const char* name) {
  Description description = described(name);
  description.offers &= ~oddity::offers_bounds;
  return description;
}
constexpr Description described(const char* name, std::span<const OptionSpec> options) {
  Description description = described(name);
  description.options = options;
  return description;
}

/// A whole number from `least` to `most`, by default its least.
constexpr OptionSpec whole_option(const char* name, double min, double max, const char* default_value) {
  OptionSpec spec = oddity::int_option(name, "", "Takes part in the fault.").between(min, max);
  spec.default_value = default_value;  // unchecked: a default out of range is one of the faults
  return spec;
}

}  // namespace bad
