// It has room for a thousand rows.
#include "one_fault.hpp"

namespace {

struct RoomForAThousand : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("room_for_a_thousand");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    if (window.rows() > 1000) throw std::length_error("too many rows");
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(RoomForAThousand)
