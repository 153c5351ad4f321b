// What a check is, and what can come of it.
//
// A check runs in a process of its own and sees the plugin as a stranger would give it: a file. Its paragraph
// is its specification, and all that authors of detectors are told.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace oddity::conformance {

class Candidate;

enum class CheckOutcome {
  passed,
  warned,   ///< legal, but suspicious or costly
  failed,   ///< breaks a promise of the ABI, or a law
  skipped,  ///< does not apply, or needs a check that was not passed
  crashed   ///< the process ended in the plugin, or not in time
};

constexpr std::string_view to_string(CheckOutcome outcome) noexcept {
  switch (outcome) {
    case CheckOutcome::passed:
      return "passed";
    case CheckOutcome::warned:
      return "warned";
    case CheckOutcome::failed:
      return "failed";
    case CheckOutcome::skipped:
      return "skipped";
    case CheckOutcome::crashed:
      break;
  }
  return "crashed";
}

struct Result {
  CheckOutcome outcome = CheckOutcome::passed;
  std::string detail;  ///< one line: what was found, with figures
  friend bool operator==(const Result&, const Result&) = default;
};

inline Result passed(std::string detail = {}) { return {CheckOutcome::passed, std::move(detail)}; }
inline Result warned(std::string detail) { return {CheckOutcome::warned, std::move(detail)}; }
inline Result failed(std::string detail) { return {CheckOutcome::failed, std::move(detail)}; }
inline Result skipped(std::string detail) { return {CheckOutcome::skipped, std::move(detail)}; }

struct Check {
  std::string_view id;     ///< kebab-case; never changes its meaning
  std::string_view group;  ///< one word; the file in this folder that has it
  std::string_view needs;  ///< id of the check that this one stands on, or ""
  std::string_view about;  ///< what is checked, why, and how to fix a failure
  /// May throw plugin::Failure, a promise broken in the middle of something else: the check has then failed.
  Result (*run)(const Candidate&);
  /// It measures time, so its warning may come from the machine's load.
  bool timed = false;
};

}  // namespace oddity::conformance
