#include "conformance/sound_life.hpp"

#include <fmt/format.h>

#include "conformance/answer.hpp"

namespace oddity::conformance {

oddity_evaluation judge_soundly(const Instance& instance, const oddity_window& window,
                                std::string_view what) {
  oddity_evaluation first = plugin::blank_evaluation();
  for (const std::int32_t direction : {ODDITY_ABOVE, ODDITY_BELOW, ODDITY_BOTH}) {
    if ((instance.description().directions & (1u << direction)) == 0) continue;
    first = instance.evaluate(window, direction);
    if (const std::string wrong = unsound(first, instance.description()); !wrong.empty())
      throw plugin::Failure(fmt::format("{}: {}", what, wrong));
  }
  return first;
}

void live_soundly(Instance& instance, Source& source, int windows, std::string_view what) {
  for (int i = 0; i < windows; ++i) {
    const AbiWindow window = source.noise();
    judge_soundly(instance, window.abi(), what);
    instance.update(window, i % 2 == 0);
  }
  instance.snapshot();
}

}  // namespace oddity::conformance
