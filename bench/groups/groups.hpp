// What many groups cost: time, memory, and a snapshot of all of them.
#pragma once

#include <cstddef>
#include <string>

#include "measured/workspace.hpp"

namespace oddity::bench {

struct GroupCost {
  std::size_t groups = 0;
  std::string left_out;                        ///< why it was not measured; empty: it was
  std::size_t samples = 0;                     ///< that each group holds in the end, of a history of 3600
  std::size_t points = 0;                      ///< that were measured
  double nanoseconds = 0;                      ///< CPU of the agent a point
  std::size_t resident = 0;                    ///< bytes, when all windows had been judged
  std::size_t peak = 0;                        ///< bytes, with the snapshot
  std::size_t snapshot_bytes = 0;              ///< of the answer
  double snapshot_cpu = 0, snapshot_wall = 0;  ///< seconds from question to the answer's last byte
};

/// An agent with ttest and a history of 3600 gets windows of 20 points, each group's in turn, in an order that is not
/// that in which they came to be. The first windows of each group only warm up. Where memory would not suffice, or a
/// size makes no sense, that is said instead.
GroupCost cost_of_groups(std::size_t groups, const std::string& program, const Workspace& workspace);

}  // namespace oddity::bench
