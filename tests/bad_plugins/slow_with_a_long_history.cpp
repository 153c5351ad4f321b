// A window takes time for the whole history.
#include <unistd.h>

#include "one_fault.hpp"

namespace {

struct SlowWithALongHistory : bad::ZScore {
  static constexpr bad::Description description = bad::described("slow_with_a_long_history");
  explicit SlowWithALongHistory(const bad::Options& options)
      : ZScore(options), size(options.integer("size")) {}
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    if (window.rows() > 50 && size == 10'000) ::usleep(12'000);
    return ZScore::evaluate(window, question);
  }
  std::int64_t size;
};

}  // namespace
ODDITY_EXPORT_DETECTOR(SlowWithALongHistory)
