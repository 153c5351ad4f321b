// It uses a number of the state as an index without looking at it.
#include <array>

#include "one_fault.hpp"

namespace {

struct IndexFromState : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("index_from_state");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    answer.effect *= factors.at(mode);
    return answer;
  }
  void snapshot(bad::StateWriter& out) const {
    out.write(mode);
    ZScore::snapshot(out);
  }
  void restore(bad::StateReader& in, std::uint32_t version) {
    mode = in.read<std::uint8_t>();
    ZScore::restore(in, version);
  }
  std::array<double, 2> factors{1, 1};
  std::uint8_t mode = 1;
};

}  // namespace
ODDITY_EXPORT_DETECTOR(IndexFromState)
