// evaluate counts how often it was asked, and the count is saved.
#include "one_fault.hpp"

namespace {

struct SavesHowOftenItWasAsked : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("saves_how_often_it_was_asked");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    ++asked;
    return ZScore::evaluate(window, question);
  }
  void snapshot(bad::StateWriter& out) const {
    ZScore::snapshot(out);
    out.write(asked);
  }
  void restore(bad::StateReader& in, std::uint32_t version) {
    ZScore::restore(in, version);
    asked = in.read<std::uint64_t>();
  }
  mutable std::uint64_t asked = 0;
};

}  // namespace
ODDITY_EXPORT_DETECTOR(SavesHowOftenItWasAsked)
