// It changes the locale of the process.
#include <clocale>

#include "one_fault.hpp"

namespace {

struct SetsTheLocale : bad::ZScore {
  static constexpr bad::Description description = bad::described("sets_the_locale");
  explicit SetsTheLocale(const bad::Options& options) : ZScore(options) { std::setlocale(LC_ALL, "C.UTF-8"); }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(SetsTheLocale)
