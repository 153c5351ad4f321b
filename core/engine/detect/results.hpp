// The schema of results, built once from the plan: which fields a window can have, and how they are named.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "detect/decision.hpp"
#include "detect/plan.hpp"
#include "oddity/abi.h"
#include "oddity/engine/result_field.hpp"

namespace oddity::detect {

struct Verdict;

/// A number of an answer, with the name that users see.
struct NumberColumn {
  std::string name;
  double oddity_evaluation::*member = nullptr;  ///< a standard field; nullptr: an output
  std::size_t output = 0;

  double of(const oddity_evaluation& answer) const noexcept {
    return member != nullptr ? answer.*member : answer.outputs[output];
  }
};

/// The names of the fields that follow from a p-value.
struct DecisionColumns {
  explicit DecisionColumns(const std::string& prefix = {})
      : p(prefix + "pvalue"),
        calibrated(prefix + "calibrated"),
        score(prefix + "score"),
        magnitude(prefix + "magnitude"),
        anomalous(prefix + "anomalous"),
        alarm(prefix + "alarm"),
        young(prefix + "young") {}
  std::string p;
  std::string calibrated;
  std::string score;
  std::string magnitude;
  std::string anomalous;
  std::string alarm;
  std::string young;
};

/// The fields that one detector can give a window, in the order in which users see them: its outputs as
/// declared, the decision, the standard fields, and why.
struct DetectorColumns {
  std::vector<NumberColumn> outputs;
  DecisionColumns decision;
  std::vector<NumberColumn> standard;
  std::string why;  ///< empty: the detector declares no reasons
};

/// 1. ResultSchema schema(field_sets);
/// 2. schema.fill(verdict, fields) for each window.
///
/// Names are `[field.][algorithm.]output`, the parts only where there are several. Where there are several
/// detectors, pvalue, score and anomalous without a prefix are the overall ones.
class ResultSchema {
 public:
  explicit ResultSchema(const std::vector<FieldSet>& field_sets);

  /// The fields of one window: absent values are left out, and no field at all means that nothing is to be
  /// sent. `fields` is reused; its names are the schema's.
  void fill(const Verdict& verdict, std::vector<ResultField>& fields) const;

 private:
  std::vector<DetectorColumns> detectors_;  ///< by DetectorSpec::index
  DecisionColumns overall_;
  bool has_overall_ = false;
};

/// The same by the schema of the pipeline that gave the verdict.
void name_fields(const Verdict& verdict, std::vector<ResultField>& fields);

}  // namespace oddity::detect
