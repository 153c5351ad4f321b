// The one family of exceptions of the core, and how its sentences are made.
//
// Thrown where something a person wrote or chose cannot be used: an option, a file, a plugin, a saved state.
// Caught in one place a front (the agent's Init and Restore, the program's main). Data is never an error.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace oddity {

/// One thing that is wrong: where, what was expected, what was found, and how to mend it.
struct Diagnostic {
  std::string where;     ///< "option 'alpha'", "config/oddity.yaml:12", "plugin 'foo' (/path/foo.so)"
  std::string expected;  ///< "a number between 0 and 1"; may be empty
  std::string found;     ///< "3"; may be empty
  std::string hint;      ///< "did you mean 'size'?"; may be empty

  /// "option 'alpha': expected a number between 0 and 1, got 3"
  std::string sentence() const;
};

/// Carries all diagnostics that were found, never just the first.
class Error : public std::runtime_error {
 public:
  explicit Error(Diagnostic diagnostic);
  explicit Error(std::vector<Diagnostic> diagnostics);  ///< at least one
  const std::vector<Diagnostic>& diagnostics() const noexcept { return diagnostics_; }

 private:
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace oddity
