#include "conformance/reaction.hpp"

namespace oddity::conformance {

AbiWindow changed(Source& source, const Change& change, std::size_t rows) {
  return source.noise(rows, Source::usual_mean + change.shift, change.deviation);
}

std::optional<Change> noticed(const Instance& instance, Source& source, double p) {
  constexpr int in_a_row = 3;
  constexpr Change changes[] = {{"a shift upward by 5 standard deviations", 5, 1},
                                {"a shift downward by 5 standard deviations", -5, 1},
                                {"a spread six times as wide", 0, 6},
                                {"a spread of a twentieth", 0, 0.05}};
  for (const Change& change : changes) {
    int below = 0;
    while (below < in_a_row && instance.evaluate(changed(source, change)).p < p) ++below;
    if (below == in_a_row) return change;
  }
  return std::nullopt;
}

}  // namespace oddity::conformance
