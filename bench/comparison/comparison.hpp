// Contenders on the same stream, interleaved: a round measures all of them one behind the other.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "comparison/contenders.hpp"
#include "measured/measured.hpp"
#include "measured/spread.hpp"
#include "streams/streams.hpp"

namespace oddity::bench {

/// A kind of stream, of any length.
struct Scene {
  std::string name;
  Stream (*make)(std::size_t points);
  Feed feed;
};

/// Batches of 300 and a thousand groups, each from a file and through a pipe.
std::vector<Scene> all_scenes();

/// CPU time a point, ns, of every contender of a scene, one a round. What a process takes that gets no point is
/// taken off.
struct Costs {
  Scene scene;
  std::vector<Contender> contenders;
  std::vector<std::vector<double>> nanoseconds;  ///< [contender][round]

  /// std::nullopt: it did not run here.
  std::optional<Spread> of(Who who) const;
  /// `who`'s cost over `other`'s of the same round.
  std::optional<Spread> ratio(Who who, Who other) const;
};

/// `rounds`, and one before them that warms up. `folder_file`: where streams lie meanwhile.
Costs compare(const Scene& scene, const std::vector<Contender>& contenders, std::size_t points, int rounds,
              const std::string& folder_file);

}  // namespace oddity::bench
