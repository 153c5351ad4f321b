// Its answers depend on the second in which it was loaded.
#include <ctime>

#include "one_fault.hpp"

namespace {

struct AsksTheClock : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("asks_the_clock");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    answer.p *= 1 - 1e-12 * static_cast<double>(loaded % 1000);
    return answer;
  }
  static inline const std::time_t loaded = std::time(nullptr);
};

}  // namespace
ODDITY_EXPORT_DETECTOR(AsksTheClock)
