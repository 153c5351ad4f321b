// Whether a single row can be anomalous at all: asked of the detectors themselves, before the first one comes.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "detect/pipeline.hpp"
#include "plugin/abi_window.hpp"
#include "plugin/evaluation.hpp"

namespace oddity::detect {
namespace {

constexpr std::int64_t second = 1'000'000'000;
/// With a larger history hardly an alpha is out of reach, and learning it takes long.
constexpr std::int64_t most_samples = 100'000;

/// The detector's option 'size'; std::nullopt: it has none.
std::optional<std::int64_t> samples_of(const plugin::Algorithm& algorithm) {
  const auto& options = algorithm.description().options;
  for (std::size_t i = 0; i < options.size(); ++i) {
    const oddity_value& value = algorithm.values()[i];
    if (options[i].name == std::string_view("size") && value.type == ODDITY_INT)
      return *static_cast<const std::int64_t*>(value.values);
  }
  return std::nullopt;
}

/// Numbers in [0, 1) of which no two are the same: the multiples of the golden section, without what is whole.
plugin::AbiWindow usual_rows(std::int64_t samples, std::uint32_t columns, bool wants_sorted) {
  std::vector<double> values;
  std::vector<std::int64_t> times;
  for (std::int64_t i = 0; i < samples; ++i) {
    values.push_back(std::fmod(static_cast<double>(i) * 0.6180339887498949, 1));
    times.push_back(i * second);
  }
  return {std::vector(columns, values), std::move(times), wants_sorted};
}

/// What is said of a row far beyond all that was learned.
oddity_evaluation answer_to(double value, const plugin::Detector& detector, std::int64_t samples,
                            std::uint32_t columns, bool wants_sorted, const oddity_question& question) {
  const plugin::AbiWindow row(std::vector(columns, std::vector{value}), {samples * second}, wants_sorted);
  oddity_evaluation evaluation = plugin::blank_evaluation();
  detector.evaluate(row.abi(), question, evaluation);
  return evaluation;
}

/// For which alpha or distance of rows the smallest p is too large; std::nullopt: for none that the plan has.
std::optional<std::string> out_of_reach(const Plan& plan, double least) {
  if (!plan.false_alarms.promised()) {
    if (least < plan.alpha) return std::nullopt;
    return fmt::format("alpha {:g} is not above that, so no row will ever be anomalous", plan.alpha);
  }
  const double seconds =
      least * static_cast<double>(plan.false_alarms.time) / plan.false_alarms.count / second;
  if (seconds < 1) return std::nullopt;
  return fmt::format(
      "falseAlarms '{}' asks for less where rows come every {:.0f} s or more often, so that "
      "none of these will ever be anomalous",
      plan.false_alarms.text(), std::floor(seconds));
}

}  // namespace

std::optional<double> Pipeline::least_p(const DetectorSpec& spec, const FieldSet& field_set) const {
  const plugin::DetectorDescription& description = spec.chosen->algorithm->description();
  const std::int64_t samples = samples_of(*spec.chosen->algorithm).value_or(most_samples + 1);
  if (!description.offers_p || description.calibrated() || samples > most_samples) return std::nullopt;
  const auto columns = static_cast<std::uint32_t>(field_set.columns.size());
  const oddity_question question{sizeof question, static_cast<std::int32_t>(plan_.direction), plan_.alpha};
  const double side = plan_.direction == Direction::below ? -1 : 1;
  const auto answer = [&](const plugin::Detector& detector, double value) {
    return answer_to(value * side, detector, samples, columns, description.wants_sorted, question);
  };
  try {
    const auto running = inside(spec, nullptr);
    plugin::Detector detector = make(spec, field_set);
    detector.update(usual_rows(samples, columns, description.wants_sorted).abi(), true);
    const double p = answer(detector, 10).p;
    if (plan_.calibrate == options::Calibrate::none) return p;
    // Of equal answers half count as the stronger ones.
    if (strength_of(answer(detector, 2)) == strength_of(answer(detector, 3))) return p / 2;
  } catch (const std::exception&) {
    // It says so again with the first row, where that is counted and logged.
  }
  return std::nullopt;
}

std::vector<std::string> Pipeline::notes_on_single_rows() const {
  std::vector<std::string> notes;
  for (const FieldSet& field_set : field_sets_) {
    for (const DetectorSpec& spec : field_set.specs) {
      const std::optional<double> least = least_p(spec, field_set);
      if (!least || std::isnan(*least)) continue;
      const auto why = out_of_reach(plan_, *least);
      if (!why) continue;
      std::string note = fmt::format(
          "algorithm '{}': a single row has no {}p below {:.2g}, however far out it is, since its history is "
          "{} samples; {}. Judge windows of several rows, or take another detector or a longer history",
          spec.chosen->algorithm->name(), plan_.calibrate == options::Calibrate::none ? "" : "calibrated ",
          *least, *samples_of(*spec.chosen->algorithm), *why);
      if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(std::move(note));
    }
  }
  return notes;
}

}  // namespace oddity::detect
