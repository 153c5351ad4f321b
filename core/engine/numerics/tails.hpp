// Tail probabilities that the core lends to every plugin through the ABI: Boost.Math's, and of
// Student's t our own where that is as good and quicker.
#pragma once

#include "oddity/abi.h"

namespace oddity::tails {

/// The table that each plugin's entry function receives; constant, valid for the life of the process.
const oddity_host& host() noexcept;

}  // namespace oddity::tails
