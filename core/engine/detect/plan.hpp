// What a pipeline runs: the core's own options, and the algorithms, loaded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "options/core_options.hpp"
#include "plugin/detector.hpp"

namespace oddity::detect {

/// One chosen algorithm, with the digest of those options that a saved state depends on.
struct ChosenAlgorithm {
  std::shared_ptr<const plugin::Algorithm> algorithm;
  std::string state_shape;  ///< text of the options with shapes_state, "" when there are none
};

struct Plan : options::CoreOptions {
  std::vector<ChosenAlgorithm> algorithms;  ///< at least one: those of `detectors`, loaded

  Plan() = default;
  Plan(options::CoreOptions values, std::vector<ChosenAlgorithm> chosen)
      : CoreOptions(std::move(values)), algorithms(std::move(chosen)) {}
  /// Every other option has its default.
  Plan(std::vector<std::string> fields_to_watch, double threshold, std::vector<ChosenAlgorithm> chosen)
      : algorithms(std::move(chosen)) {
    fields = std::move(fields_to_watch);
    alpha = threshold;
  }
};

/// What is wrong with asking a detector for a direction: one that does not look at it would answer another question
/// than it was asked. std::nullopt: it serves the direction.
std::optional<Diagnostic> wrong_direction(const plugin::DetectorDescription& description,
                                          Direction direction);

/// A detector that every group has one of: an algorithm on one field, or on all fields together.
struct DetectorSpec {
  const ChosenAlgorithm* chosen = nullptr;
  /// "[field.][algorithm.]", the parts only where there are several: begins every name that it reports.
  std::string prefix;
  /// Its name in a saved state: algorithm and fields.
  std::string key;
  /// Its place among all detectors of the plan.
  std::size_t index = 0;
};

/// The detectors that judge the same columns, and so learn together by one p-value.
struct FieldSet {
  std::vector<std::size_t> columns;  ///< of the plan's fields
  std::vector<DetectorSpec> specs;
  bool wants_sorted = false;
};

/// Lays the plan out. The field sets refer to `plan`, which has to outlive them.
std::vector<FieldSet> field_sets_of(const Plan& plan);

}  // namespace oddity::detect
