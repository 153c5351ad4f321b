// Every detector of ours beside ttest: what a point costs, and what a series holds.
#pragma once

#include <string>

namespace oddity::bench {

/// Prints a table, in Markdown. Each run measures all of them one behind the other, and a ratio is of one run; the
/// first run warms up. `file`: holds the streams meanwhile. What a process takes that gets no point is taken off.
void compare_detectors(int runs, const std::string& file, const std::string& program);

}  // namespace oddity::bench
