// It gives an effect that it does not offer.
#include "one_fault.hpp"

namespace {

struct EffectUndeclared : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = [] {
    bad::Description described = bad::described("effect_undeclared");
    described.offers &= ~oddity::offers_effect;
    return described;
  }();
};

}  // namespace
ODDITY_EXPORT_DETECTOR(EffectUndeclared)
