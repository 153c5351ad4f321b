// The list of checks: their specification.
//
// Each stands in the file of its group. A check names the one that it stands on: when that is not passed,
// this one is skipped, so that one fault is reported once and not forty times.
#pragma once

#include <vector>

#include "conformance/check.hpp"

namespace oddity::conformance {

/// All, in the order in which they run; a check comes behind the one it needs.
std::vector<Check> all_checks();

std::vector<Check> loading_checks();
std::vector<Check> description_checks();
std::vector<Check> running_checks();
std::vector<Check> purity_checks();
std::vector<Check> instances_checks();
std::vector<Check> answers_checks();
std::vector<Check> data_checks();
std::vector<Check> learning_checks();
std::vector<Check> statistics_checks();
std::vector<Check> state_checks();
std::vector<Check> damage_checks();
std::vector<Check> options_checks();
std::vector<Check> manners_checks();

}  // namespace oddity::conformance
