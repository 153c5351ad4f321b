// A value that was given for an option, not yet checked.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace oddity::options {

/// A length of time in nanoseconds.
struct Duration {
  std::int64_t nanoseconds = 0;
  friend bool operator==(const Duration&, const Duration&) = default;
};

/// A value as text, to be read by the option's declared type: from YAML, the command line, or .param().
struct Text {
  std::string text;
  friend bool operator==(const Text&, const Text&) = default;
};

/// As it was given: one of TICKscript's five types, or text. std::monostate: an option without a value, as
/// TICKscript's `.flag("a")` on a bool arrives.
using Given = std::variant<std::monostate, bool, std::int64_t, double, std::string, Duration, Text>;

/// One value of an option, as it was given. An option that may be repeated appears once for each value.
struct Setting {
  std::string name;
  Given value;
  std::string origin;  ///< for error texts: "" for TICKscript, "--alpha", "oddity.yaml:12"
};

/// Everything given for one use of the engine, by precedence: the plugin's declared default < `defaults` <
/// `algorithms` (of the algorithm's name) < `given` and `params`. `defaults`, `given`: the core's options
/// (field, size, alpha, algorithm) by name; `params`: a plugin's own options.
struct Settings {
  struct OfAlgorithm {
    std::string algorithm;
    std::string origin;  ///< where its section begins, for error texts
    std::vector<Setting> settings;
  };
  std::vector<Setting> defaults;
  std::vector<OfAlgorithm> algorithms;
  std::vector<Setting> given;
  std::vector<Setting> params;
};

}  // namespace oddity::options
