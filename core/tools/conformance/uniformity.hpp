// How far p-values are from uniform.
#pragma once

#include <vector>

#include "conformance/check.hpp"

namespace oddity::conformance {

/// Kolmogorov's distance between the distribution of `ps` and the uniform one, in [0, 1]; 0 of none.
double distance_from_uniform(std::vector<double> ps);

/// The verdict on p-values of windows without any anomaly.
///
/// Few detectors have exact p-values: those of some are discrete, some take an estimate for the truth. So the
/// limits are far from what chance does to a thousand of them (a distance of 0.06 once in a thousand times):
/// warned beyond a distance of 0.1, or when more than 3 % lie below 0.01; failed beyond 0.4, where a p-value
/// is not a probability at all.
Result judge_uniformity(const std::vector<double>& ps);

}  // namespace oddity::conformance
