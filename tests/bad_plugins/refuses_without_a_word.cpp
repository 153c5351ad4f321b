// It refuses a value of an option without saying why.
#include "one_fault.hpp"

namespace {

struct RefusesWithoutAWord : bad::ZScore {
  static constexpr bad::OptionSpec options[] = {bad::size_option, bad::whole_option("depth", 1, 9, "1")};
  static constexpr bad::Description description = bad::described("refuses_without_a_word", options);
  explicit RefusesWithoutAWord(const bad::Options& options) : ZScore(options) {
    if (options.integer("depth") == 9) throw std::invalid_argument("");
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(RefusesWithoutAWord)
