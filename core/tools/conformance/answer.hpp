// The laws that every answer of a detector keeps, whatever the data.
#pragma once

#include <string>

#include "oddity/abi.h"
#include "plugin/description.hpp"
#include "plugin/evaluation.hpp"

namespace oddity::conformance {

/// Outcome and doubles as bytes, one NaN as another: equal where the answers are.
std::string canonical_bits(const oddity_evaluation& answer);
bool same_bits(const oddity_evaluation& a, const oddity_evaluation& b);

/// The laws that need nothing but the answer are those that the engine asks of each.
using plugin::wrong_number;
using plugin::wrong_p;

/// Each: empty, or what is wrong. The outcome does not fit to what is there: a judgement
/// without a p, a p without a judgement.
std::string wrong_outcome(const oddity_evaluation& answer, const plugin::DetectorDescription& description);
/// All of them.
std::string unsound(const oddity_evaluation& answer, const plugin::DetectorDescription& description);

/// Whether the window was judged by its p, or by its strength where the detector offers no p.
bool judged(const oddity_evaluation& answer) noexcept;

}  // namespace oddity::conformance
