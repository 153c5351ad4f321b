// What several runs gave: the middle of it and its ends.
#pragma once

#include <string>
#include <vector>

namespace oddity::bench {

struct Spread {
  double median = 0, min = 0, max = 0;
};

/// Of one value at least.
Spread spread_of(std::vector<double> values);

/// "116", "10.9", "0.41": three digits, none behind the point from 100 on.
std::string brief(double value);
/// "10.9 (10.1 to 11.6)".
std::string brief(const Spread& spread);

}  // namespace oddity::bench
