// What was compared, as tables in Markdown.
#pragma once

#include <span>
#include <string>

#include "comparison/comparison.hpp"

namespace oddity::bench {

/// A row a contender, a column a scene: medians, ns CPU a point.
std::string costs_table(std::span<const Costs> scenes);

/// How much less we take than users' agents, and how much of what mere reading takes: each with its spread.
std::string ratios_table(std::span<const Costs> scenes);

/// "1 500 000 points, medians of 5 rounds; AMD EPYC, 2 processors; g++ 12.2; 2026-11-26".
std::string conditions(std::size_t points, int rounds);

}  // namespace oddity::bench
