// It takes the mean of the fresh rows, of which there may be none.
#include "one_fault.hpp"

namespace {

struct MeanOfNothing : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("mean_of_nothing");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    if (!std::isnan(mean)) return answer;
    bad::Evaluation silent;
    silent.outcome = bad::Outcome::undefined;
    return silent;
  }
  void update(const bad::Window& window, bad::Learn learn) {
    double sum = 0;
    for (const double value : window.fresh_values()) sum += value / 1e6;
    mean = 0.5 * mean + sum / static_cast<double>(window.fresh());
    ZScore::update(window, learn);
  }
  void snapshot(bad::StateWriter& out) const {
    ZScore::snapshot(out);
    out.write(mean);
  }
  void restore(bad::StateReader& in, std::uint32_t version) {
    ZScore::restore(in, version);
    mean = in.read_double();
  }
  double mean = 0;
};

}  // namespace
ODDITY_EXPORT_DETECTOR(MeanOfNothing)
