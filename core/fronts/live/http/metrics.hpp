// What Prometheus reads.
#pragma once

#include <string>

#include "keeper/status.hpp"

namespace oddity::live {

/// Prometheus' text format, version 0.0.4: some forty lines, however many series there are. `worst_score`: NaN where there
/// is none.
std::string metrics_text(const StatusNumbers& numbers, double worst_score);

}  // namespace oddity::live
