// The project's own detectors, linked into a target, so that a sanitizer and the fuzzer see into them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "detect/pipeline.hpp"
#include "detect/plan.hpp"
#include "fuzz.hpp"
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

/// All detectors, with a history of 50 samples, on two fields, for a few groups that are forgotten after an hour.
/// Made once: a detector's options are read and checked for longer than most inputs take.
inline const detect::Plan& plan() {
  static const detect::Plan made = [] {
    detect::Plan plan({"x", "hotend"}, 0.01, OwnClasses<All>::of_size(50));
    plan.ttl = std::int64_t{3'600'000'000'000};
    plan.max_groups = 5;
    return plan;
  }();
  return made;
}

/// An engine that has seen nothing, made once: what it has seen goes with the state of one that has not.
class Engine {
 public:
  detect::Pipeline& without_groups() {
    engine_.restore(state::open(nothing_));
    require(engine_.totals().groups == 0, "a restored state is all that an engine has");
    return engine_;
  }

 private:
  Log silent_{-1};
  detect::Pipeline engine_{plan(), silent_};
  const std::string nothing_ = engine_.save().bytes;
};

}  // namespace oddity::fuzz
