// What was found and what is checked, as text for people, JSON for programs, Markdown for the docs.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "conformance/run.hpp"

namespace oddity::conformance {

/// One line a check: "passed  p-in-range  detail".
std::string line(const Finding& finding);
/// Behind the lines: each that failed or crashed or warned with its detail and its paragraph; then the
/// numbers of all, and how to run it again.
std::string summary(const Candidate& candidate, const std::vector<Finding>& findings);
/// {"plugin": ..., "seed": ..., "conforms": ..., "checks": [{"id", "group",
/// "outcome", "detail"}, ...]}, indented.
std::string json(const Candidate& candidate, const std::vector<Finding>& findings);

std::string list(std::span<const Check> checks);
/// The page docs/plugin-check.md.
std::string markdown(std::span<const Check> checks);
std::string json(std::span<const Check> checks);

}  // namespace oddity::conformance
