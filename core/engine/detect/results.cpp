#include "detect/results.hpp"

#include <cmath>

#include "detect/verdict.hpp"
#include "plugin/standard_fields.hpp"

namespace oddity::detect {
namespace {

DetectorColumns columns_of(const DetectorSpec& spec) {
  DetectorColumns columns{{}, DecisionColumns(spec.prefix), {}, {}};
  const auto& outputs = spec.chosen->algorithm->description().outputs;
  for (std::size_t i = 0; i < outputs.size(); ++i)
    columns.outputs.push_back({spec.prefix + outputs[i].name, nullptr, i});
  for (const auto& field : plugin::standard_fields)
    columns.standard.push_back({spec.prefix + std::string(field.name), field.member, 0});
  if (!spec.chosen->algorithm->description().reasons.empty()) columns.why = spec.prefix + "why";
  return columns;
}

void add_numbers(std::vector<ResultField>& fields, std::span<const NumberColumn> columns,
                 const oddity_evaluation& answer) {
  for (const NumberColumn& column : columns) {
    const double number = column.of(answer);
    if (std::isfinite(number)) fields.push_back({column.name, number});
  }
}

void add_decision(std::vector<ResultField>& fields, const DecisionColumns& columns,
                  const Decision& decision) {
  if (!decision.judged()) return;
  const bool calibrated = !std::isnan(decision.calibrated);
  if (!std::isnan(decision.p)) fields.push_back({columns.p, decision.p});
  if (calibrated) fields.push_back({columns.calibrated, decision.calibrated});
  fields.push_back({columns.score, decision.score});
  if (!std::isnan(decision.magnitude)) fields.push_back({columns.magnitude, decision.magnitude});
  fields.push_back({columns.anomalous, decision.anomalous});
  fields.push_back({columns.alarm, decision.alarm});
  if (calibrated) fields.push_back({columns.young, decision.young});
}

/// Each judged window has it, empty where it is not anomalous: Kapacitor cannot evaluate an expression with a
/// field that is not there, so an alert by it would never become OK again.
void add_why(std::vector<ResultField>& fields, const DetectorColumns& columns, const DetectorResult& result) {
  if (columns.why.empty() || !result.decision.judged()) return;
  const auto& description = result.spec->chosen->algorithm->description();
  fields.push_back({columns.why, result.decision.anomalous ? plugin::reason_of(result.evaluation, description)
                                                           : std::string_view()});
}

}  // namespace

ResultSchema::ResultSchema(const std::vector<FieldSet>& field_sets) {
  for (const FieldSet& field_set : field_sets) {
    for (const DetectorSpec& spec : field_set.specs) {
      detectors_.push_back(columns_of(spec));
      has_overall_ |= !spec.prefix.empty();
    }
  }
}

void ResultSchema::fill(const Verdict& verdict, std::vector<ResultField>& fields) const {
  fields.clear();
  for (const DetectorResult& result : verdict.results) {
    const DetectorColumns& columns = detectors_[result.spec->index];
    add_numbers(fields, columns.outputs, result.evaluation);
    add_decision(fields, columns.decision, result.decision);
    add_numbers(fields, columns.standard, result.evaluation);
    add_why(fields, columns, result);
  }
  if (has_overall_ && !verdict.results.empty()) add_decision(fields, overall_, verdict.overall);
}

void name_fields(const Verdict& verdict, std::vector<ResultField>& fields) {
  verdict.schema->fill(verdict, fields);
}

}  // namespace oddity::detect
