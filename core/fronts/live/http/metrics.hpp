// What Prometheus reads.
#pragma once

#include <cstdint>
#include <string>

#include "keeper/status.hpp"

namespace oddity::live {

/// Prometheus' text format, version 0.0.4: some forty lines, however many series there are. `worst_score`: NaN where there
/// is none; `left_out`: series for which the page has no room.
std::string metrics_text(const StatusNumbers& numbers, double worst_score, std::uint64_t left_out);

}  // namespace oddity::live
