// Its p-value is drawn from the values' bits and means nothing.
#include <bit>

#include "one_fault.hpp"

namespace {

struct NoticesNothing : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = [] {
    bad::Description spoiled = bad::described_without_bounds("notices_nothing");
    spoiled.directions = oddity::serves_both;
    return spoiled;
  }();
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    answer.lower = answer.upper = oddity::absent;
    if (std::isnan(answer.p)) return answer;
    std::uint64_t bits = 1;
    for (const double value : window.column().values())
      bits = (bits ^ std::bit_cast<std::uint64_t>(value)) * 0x9e3779b97f4a7c15;
    answer.p = static_cast<double>(bits >> 11) * 0x1p-53;
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(NoticesNothing)
