// The project's own detectors, linked into a target, so that a sanitizer and the fuzzer see into them.
#pragma once

#include <memory>
#include <vector>

#include "detect/plan.hpp"
#include "jump/jump.hpp"
#include "ks/ks.hpp"
#include "plugin/detector.hpp"
#include "seasonal/seasonal.hpp"
#include "support/linked_detector.hpp"
#include "ttest/ttest.hpp"
#include "zscore/zscore.hpp"

namespace oddity::fuzz {

using test::linked;

/// With a history of `size` samples.
template <class D>
std::shared_ptr<const plugin::Algorithm> algorithm(std::int64_t size) {
  return test::linked_algorithm<D>({{"size", std::to_string(size)}});
}

/// Three of the detectors on two fields, for a few groups that are forgotten after an hour.
inline detect::Plan plan(std::int64_t size) {
  detect::Plan made({"x", "hotend"}, 0.01,
                    {{algorithm<plugins::TTest>(size), ""},
                     {algorithm<plugins::ZScore>(size), ""},
                     {algorithm<plugins::KolmogorovSmirnov>(size), ""}});
  made.ttl = std::int64_t{3'600'000'000'000};
  made.max_groups = 5;
  return made;
}

}  // namespace oddity::fuzz
