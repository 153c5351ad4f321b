// All its instances learn into one history.
#include "one_fault.hpp"

namespace {

struct SharesItsHistory : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("shares_its_history");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    return shared().evaluate(window, question);
  }
  void update(const bad::Window& window, bad::Learn learn) { shared().update(window, learn); }
  static bad::ZScore& shared() {
    static const std::int64_t size = 200;
    static const oddity_value value{&size, 1, ODDITY_INT};
    static bad::ZScore only{bad::Options(ZScore::options, &value, 1)};
    return only;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(SharesItsHistory)
