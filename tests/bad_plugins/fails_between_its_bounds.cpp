// It fails for values of an option between its bounds.
#include "one_fault.hpp"

namespace {

struct FailsBetweenItsBounds : bad::ZScore {
  static constexpr bad::OptionSpec options[] = {bad::size_option, bad::whole_option("depth", 0, 1000, "0")};
  static constexpr bad::Description description = bad::described("fails_between_its_bounds", options);
  explicit FailsBetweenItsBounds(const bad::Options& options)
      : ZScore(options), depth(options.integer("depth")) {}
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    if (depth > 0 && depth < 400) throw std::runtime_error("lost my way");
    return ZScore::evaluate(window, question);
  }
  std::int64_t depth;
};

}  // namespace
ODDITY_EXPORT_DETECTOR(FailsBetweenItsBounds)
