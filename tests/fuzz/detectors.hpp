// The project's own detectors, linked into a target, so that a sanitizer and the fuzzer see into them.
#pragma once

#include <memory>
#include <vector>

#include "detect/plan.hpp"
#include "own_classes.hpp"
#include "plugin/detector.hpp"
#include "support/linked_detector.hpp"

namespace oddity::fuzz {

using test::linked;

/// With a history of `size` samples, and every other option at its default.
template <class D>
std::shared_ptr<const plugin::Algorithm> algorithm(std::int64_t size) {
  return test::linked_algorithm<D>({{"size", std::to_string(size)}});
}

template <class... D>
struct All {
  static std::vector<detect::ChosenAlgorithm> of_size(std::int64_t size) {
    return {{algorithm<D>(size), ""}...};
  }
};

/// All detectors on two fields, for a few groups that are forgotten after an hour.
inline detect::Plan plan(std::int64_t size) {
  detect::Plan made({"x", "hotend"}, 0.01, OwnClasses<All>::of_size(size));
  made.ttl = std::int64_t{3'600'000'000'000};
  made.max_groups = 5;
  return made;
}

}  // namespace oddity::fuzz
