// Its constructor draws a number from the random device.
#include <random>

#include "one_fault.hpp"

namespace {

struct DrawsAtRandom : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("draws_at_random");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    answer.p *= 1 - 1e-9 * drawn;
    return answer;
  }
  double drawn = std::generate_canonical<double, 53>(device());
  static std::random_device& device() {
    static std::random_device only;
    return only;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(DrawsAtRandom)
