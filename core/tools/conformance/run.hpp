// Runs checks, each in a process of its own.
#pragma once

#include <chrono>
#include <functional>
#include <vector>

#include "conformance/candidate.hpp"
#include "conformance/check.hpp"

namespace oddity::conformance {

struct Finding {
  Check check;
  Result result;
};

/// Runs `checks` in their order; a check that stands on one that was not passed is skipped. `told` is called
/// with each result as it comes. Call only while this process has one thread.
std::vector<Finding> run_checks(const Candidate& candidate, const std::vector<Check>& checks,
                                std::chrono::milliseconds limit,
                                const std::function<void(const Finding&)>& told = {});

/// Runs one in this very process, for a debugger.
Result run_here(const Candidate& candidate, const Check& check);

/// Whether nothing failed or crashed.
bool conforms(const std::vector<Finding>& findings);

}  // namespace oddity::conformance
