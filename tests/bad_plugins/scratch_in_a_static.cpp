// evaluate keeps an intermediate result in a static variable.
#include <unistd.h>
#include <atomic>

#include "one_fault.hpp"

namespace {

struct ScratchInAStatic : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("scratch_in_a_static");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    scratch.store(answer.p);
    ::usleep(20);
    answer.p = scratch.load();
    return answer;
  }
  inline static std::atomic<double> scratch{0};
};

}  // namespace
ODDITY_EXPORT_DETECTOR(ScratchInAStatic)
