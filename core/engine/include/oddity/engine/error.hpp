// The exceptions of the engine: what is wrong, where, and what to do about it.
//
// LIFE CYCLE
//   1. Thrown where something that a person wrote or chose cannot be used: an option, a file, a plugin, a
//      saved state. Data is never an error.
//   2. Caught once, by whoever talks to that person: what() has the sentences of all mistakes,
//      diagnostics() their parts.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace oddity {

/// One mistake: where it is, what was expected, what was found, and how to correct it. Every
/// member but `where` may be empty.
struct Diagnostic {
  /// "option 'alpha'", "config/oddity.yaml:12", "plugin 'foo' (/path/foo.so)"
  std::string where;
  /// "a number between 0 and 1"
  std::string expected;
  /// "3"
  std::string found;
  /// "did you mean 'size'?"
  std::string hint;

  /// "option 'alpha': expected a number between 0 and 1, got 3"
  std::string sentence() const;
};

/// Carries all mistakes that were found, not only the first.
class Error : public std::runtime_error {
 public:
  /// An error of one mistake.
  explicit Error(Diagnostic diagnostic);
  /// `diagnostics`: at least one.
  explicit Error(std::vector<Diagnostic> diagnostics);
  /// The mistakes, in the order in which they were found; at least one.
  const std::vector<Diagnostic>& diagnostics() const noexcept { return diagnostics_; }

 private:
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace oddity
