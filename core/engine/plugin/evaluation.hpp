// A detector's answer on the host's side: how it is prepared, and the laws that
// can be checked on a single one.
#pragma once

#include <array>
#include <string>

#include "oddity/abi.h"

namespace oddity::plugin {

/// As a host hands it to evaluate: struct_size is set, every double is NaN, which means absent.
oddity_evaluation blank_evaluation() noexcept;

/// Every double of the answer, the outputs last.
std::array<double, 8 + ODDITY_MAX_OUTPUTS> numbers_of(const oddity_evaluation& answer) noexcept;

/// Each: empty, or what is wrong with the answer, whatever the data and the description.
std::string wrong_p(const oddity_evaluation& answer);       ///< neither absent nor in [0, 1]
std::string wrong_number(const oddity_evaluation& answer);  ///< something is infinite
std::string unknown_outcome(const oddity_evaluation& answer);

/// All of these: of every answer, in the engine and in a plugin's trial alike. Throws Failure.
void check(const oddity_evaluation& answer);

}  // namespace oddity::plugin
