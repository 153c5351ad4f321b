// Merges and checks options and words their mistakes: the only place that does, for
// TICKscript, YAML and the command line.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "oddity/abi.h"
#include "options/core_options.hpp"
#include "options/resolved.hpp"
#include "options/setting.hpp"

namespace oddity::options {

/// One chosen algorithm with all of its declared options, in declared order.
struct Choice {
  std::string algorithm;
  std::vector<Resolved> options;
};

/// What a use of the engine runs with.
struct ResolvedOptions : CoreOptions {
  std::vector<Choice> choices;     ///< of `detectors`, in their order: at least one, no duplicates
  std::vector<std::string> notes;  ///< what the log should say: "size is not used by 'xyz'"

  /// "field=hotend alpha=0.001 algorithm=ttest size=3600", for the log line at start. What has its default is
  /// left out, except for the detectors'.
  std::string text() const;
};

/// What has to be known of an algorithm; `specs`, the options that it declares, live as long as resolve() runs.
struct Described {
  // NOLINTNEXTLINE(google-explicit-constructor): most algorithms are described by their options alone
  Described(std::span<const oddity_option_spec> declared, bool calibrates = false)
      : specs(declared), calibrates_itself(calibrates) {}

  std::span<const oddity_option_spec> specs;
  bool calibrates_itself;  ///< so that it can promise a rate of false alarms, and needs no alpha
};

/// Throws oddity::Error when no algorithm of this name can be used.
using Describe = std::function<Described(std::string_view algorithm)>;

/// Merges and checks. Throws one oddity::Error with *all* diagnostics, each once. Which of several values
/// counts stands in precedence.hpp; a value that does not count is checked all the same. Repeating a
/// single-use option within one level is an error. Numbers: an INT is taken where a DOUBLE is declared.
ResolvedOptions resolve(const Settings& settings, const Describe& describe);

/// What a deployment says by itself.
struct Deployment {
  ResolvedOptions plan;  ///< its `choices`: also the detectors that only have a section of their own
  std::vector<std::string> left_open;  ///< required options that it has no value for: a TICKscript has to
};

/// The same for settings without a use, as `defaults` and `algorithms` of a YAML file: missing options are
/// not mistakes, and every detector that has a section is checked.
Deployment resolve_deployment(const Settings& settings, const Describe& describe);

}  // namespace oddity::options
