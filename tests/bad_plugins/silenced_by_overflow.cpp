// Once numbers have overflown it never judges again.
#include "one_fault.hpp"

namespace {

struct SilencedByOverflow : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("silenced_by_overflow");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    if (std::isfinite(sum)) return answer;
    bad::Evaluation silent;
    silent.outcome = bad::Outcome::undefined;
    return silent;
  }
  void update(const bad::Window& window, bad::Learn learn) {
    if (learn == bad::Learn::yes) sum = 0.9 * sum + window.column().sum_of_squares();
    ZScore::update(window, learn);
  }
  void snapshot(bad::StateWriter& out) const {
    ZScore::snapshot(out);
    out.write(sum);
  }
  void restore(bad::StateReader& in, std::uint32_t version) {
    ZScore::restore(in, version);
    sum = in.read_double();
  }
  double sum = 0;
};

}  // namespace
ODDITY_EXPORT_DETECTOR(SilencedByOverflow)
