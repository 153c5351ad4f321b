// The measurements as Markdown.
#pragma once

#include <string>
#include <vector>

#include "calibration/power.hpp"
#include "calibration/promise.hpp"
#include "calibration/rates.hpp"

namespace oddity::calibration {

/// A table for each length of windows and alpha.
std::string rate_tables(const std::vector<Rate>& rates);
/// One table, of the first thousand windows.
std::string young_table(const std::vector<Rate>& rates);
std::string promise_table(const std::vector<Promise>& promises);
std::string power_table(const std::vector<Power>& powers);

}  // namespace oddity::calibration
