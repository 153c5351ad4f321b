// Tail probabilities that the core lends to every plugin through the ABI; Boost.Math is behind them.
#pragma once

#include "oddity/abi.h"

namespace oddity::tails {

/// The table that each plugin's entry function receives; constant, valid for the life of the process.
const oddity_host& host() noexcept;

}  // namespace oddity::tails
