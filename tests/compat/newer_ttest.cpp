// ttest, built with the headers of a newer ABI.
#include "oddity/export.hpp"
#include "ttest/ttest.hpp"

static_assert(ODDITY_ABI_MINOR == 1);

namespace {
struct NewerTTest : oddity::plugins::TTest {
  using TTest::TTest;
  static constexpr oddity::Description description = [] {
    oddity::Description described = TTest::description;
    described.name = "newer_ttest";
    return described;
  }();
};
}  // namespace

ODDITY_EXPORT_DETECTOR(NewerTTest)
