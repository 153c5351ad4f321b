#include "judged_point.hpp"

#include <algorithm>
#include <cmath>

#include "plugin/standard_fields.hpp"

namespace oddity::program {
namespace {

bool judges(const detect::DetectorResult& result, std::size_t column) {
  return std::ranges::find(result.field_set->columns, column) != result.field_set->columns.end();
}

/// A number that is no better than none is NaN.
double finite(double number) { return std::isfinite(number) ? number : page::nothing; }

void summarise(page::Point& point, const std::vector<double>& values) {
  double sum = 0;
  std::size_t count = 0;
  for (const double value : values) {
    if (std::isnan(value)) continue;
    sum += value;
    ++count;
    point.least = std::fmin(point.least, value);
    point.greatest = std::fmax(point.greatest, value);
  }
  if (count != 0) point.value = finite(sum / static_cast<double>(count));
  if (count == 1) point.least = point.greatest = page::nothing;
}

/// Of the first one, and then of an odder one; bounds stay where an odder one has none.
void take_over(page::Point& point, const detect::DetectorResult& result) {
  const double score = finite(result.decision.score);
  if (score > point.score || std::isnan(point.score)) {
    point.score = score;
    if (std::isfinite(result.evaluation.expected) || std::isfinite(result.evaluation.lower) ||
        std::isfinite(result.evaluation.upper)) {
      point.expected = finite(result.evaluation.expected);
      point.lower = finite(result.evaluation.lower);
      point.upper = finite(result.evaluation.upper);
    }
  }
  point.anomalous |= result.decision.anomalous;
}

/// Of several detectors each may give reasons.
void add_reason(page::Point& point, const detect::DetectorResult& result) {
  const auto& description = result.spec->chosen->algorithm->description();
  if (!result.decision.anomalous || description.reasons.empty()) return;
  const std::string_view reason = plugin::reason_of(result.evaluation, description);
  if (!point.why.empty() && !reason.empty()) point.why += "; ";
  point.why += reason;
}

}  // namespace

std::size_t SaidColumns::first_of(const detect::DetectorSpec& spec) {
  for (const auto& [index, first] : places_)
    if (index == spec.index) return first;
  const std::size_t first = names_.size();
  places_.emplace_back(spec.index, first);
  const auto& description = spec.chosen->algorithm->description();
  const std::string algorithm = std::string(description.name) + ".";
  const std::string prefix = spec.prefix.ends_with(algorithm) ? algorithm : "";
  for (const char* name : {"pvalue", "calibrated", "magnitude", "effect", "observed"})
    names_.push_back(prefix + name);
  for (const auto& output : description.outputs) names_.push_back(prefix + output.name);
  return first;
}

JudgedPoint point_of(const detect::Verdict& verdict, std::size_t column, SaidColumns& said) {
  JudgedPoint judged;
  page::Point& point = judged.point;
  point.time = verdict.window->end;
  summarise(point, verdict.window->columns[column]);
  for (const detect::DetectorResult& result : verdict.results) {
    if (!judges(result, column)) continue;
    take_over(point, result);
    add_reason(point, result);
    judged.young = !result.decision.judged() || result.decision.young;
    std::size_t place = said.first_of(*result.spec);
    point.said.resize(said.names().size(), page::nothing);
    for (const double number : {result.decision.p, result.decision.calibrated, result.decision.magnitude,
                                result.evaluation.effect, result.evaluation.observed})
      point.said[place++] = finite(number);
    const std::size_t outputs = result.spec->chosen->algorithm->description().outputs.size();
    for (std::size_t i = 0; i < outputs; ++i) point.said[place++] = finite(result.evaluation.outputs[i]);
  }
  point.alarm = point.anomalous && verdict.overall.alarm;
  return judged;
}

}  // namespace oddity::program
