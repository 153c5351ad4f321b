// Tail probabilities that the core lends to every plugin through the door; Boost.Math is behind them.
#pragma once

#include "oddity/door.h"

namespace oddity::tails {

/// The table that each plugin's entry function receives; constant, valid for the life of the process.
const oddity_host& host() noexcept;

}  // namespace oddity::tails
