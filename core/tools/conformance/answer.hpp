// What an answer of a detector has to keep, whatever the data.
#pragma once

#include <string>

#include "oddity/door.h"

namespace oddity::conformance {

/// As the host prepares it: every double NaN.
oddity_evaluation blank_answer() noexcept;

/// Outcome and doubles as bytes, one NaN as another: equal where the answers are.
std::string canonical_bits(const oddity_evaluation& answer);
bool same_bits(const oddity_evaluation& a, const oddity_evaluation& b);

/// Each: empty, or what is wrong.
std::string wrong_p(const oddity_evaluation& answer);  ///< neither absent nor in [0, 1]
/// The outcome does not fit to what is there: a judgement without a p, a p without a judgement.
std::string wrong_outcome(const oddity_evaluation& answer, const oddity_description& description);
std::string wrong_number(const oddity_evaluation& answer);  ///< something is infinite
/// All of them.
std::string unsound(const oddity_evaluation& answer, const oddity_description& description);

/// Whether the window was judged by its p, or by its strength where the detector offers no p.
bool judged(const oddity_evaluation& answer) noexcept;

}  // namespace oddity::conformance
