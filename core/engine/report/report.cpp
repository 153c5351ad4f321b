#include "report/report.hpp"

#include <cmath>
#include <string_view>

#include "plugin/library.hpp"
#include "plugin/standard_fields.hpp"

namespace oddity::report {
namespace {

/// Fills the fields one by one into what is there already.
class Fields {
 public:
  explicit Fields(std::vector<NamedField>& fields) noexcept : fields_(fields) {}

  template <class Value>
  void add(std::string_view prefix, std::string_view name, Value value) {
    if (used_ == fields_.size()) fields_.emplace_back();
    NamedField& field = fields_[used_++];
    field.name.assign(prefix);
    field.name += name;
    field.value = value;
  }
  void add_finite(std::string_view prefix, std::string_view name, double value) {
    if (std::isfinite(value)) add(prefix, name, value);
  }
  void add_decision(std::string_view prefix, const detect::Decision& decision) {
    if (!decision.judged()) return;
    add(prefix, "pvalue", decision.p);
    add(prefix, "score", decision.score);
    add(prefix, "anomalous", decision.anomalous);
  }
  void finish() { fields_.resize(used_); }

 private:
  std::vector<NamedField>& fields_;
  std::size_t used_ = 0;
};

void add_finding(Fields& fields, const detect::DetectorResult& result) {
  const std::string_view prefix = result.spec->prefix;
  const oddity_evaluation& found = result.evaluation;
  const auto& outputs = result.spec->chosen->algorithm->description().outputs;
  for (std::size_t i = 0; i < outputs.size(); ++i)
    fields.add_finite(prefix, outputs[i].name, found.outputs[i]);
  fields.add_decision(prefix, result.decision);
  for (const auto& field : plugin::standard_fields) fields.add_finite(prefix, field.name, found.*field.member);
}

}  // namespace

void name_fields(const detect::Verdict& verdict, std::vector<NamedField>& fields) {
  Fields named(fields);
  for (const detect::DetectorResult& result : verdict.results) add_finding(named, result);
  const bool overall = !verdict.results.empty() && !verdict.results.front().spec->prefix.empty();
  if (overall) named.add_decision({}, verdict.overall);
  named.finish();
}

}  // namespace oddity::report
