// Streams of requests as kapacitord writes them, made in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace oddity::bench {

struct Stream {
  std::string name;
  std::string about;
  std::string bytes;                ///< frames, one after the other
  std::vector<std::size_t> frames;  ///< where each frame begins
  std::size_t points = 0;
};

/// One task, three fields a point, windows of 300 points: the printer.
Stream batches_of_300(std::size_t points);
/// 1 000 groups by one tag, windows of 20 points of one field, the groups in turn.
Stream a_thousand_groups(std::size_t points);

/// One task with this detector, one group with a field: points a second apart, single ones for the stream edge.
Stream single_points(std::size_t points, const std::string& algorithm);
/// The same in batches of 300.
Stream windows_of_300(std::size_t points, const std::string& algorithm);

}  // namespace oddity::bench
