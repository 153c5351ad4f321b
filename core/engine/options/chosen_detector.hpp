// The detectors that a use has chosen, and whether what was given is an option of theirs.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "oddity/abi.h"
#include "options/setting.hpp"

namespace oddity::options {

/// A detector by its name, with the options that it declares; they live as long as its plugin is loaded.
struct ChosenDetector {
  std::string name;
  std::span<const oddity_option_spec> specs;
  bool calibrates_itself;  ///< so that it can promise a rate of false alarms

  bool declares(std::string_view option) const noexcept;
};

/// A diagnostic for each param, and each setting of a detector's section in YAML, that no chosen detector
/// declares, with what those that were asked take instead. None where no detector is known.
std::vector<Diagnostic> options_of_nobody(const Settings& settings, std::span<const ChosenDetector> chosen);

/// A note for each option that was given for all, as `size`, and each chosen detector that does not use it.
/// No mistake, since such options are the same for every detector.
std::vector<std::string> options_not_used(const Settings& settings, std::span<const ChosenDetector> chosen);

}  // namespace oddity::options
