// The trial run of a plugin, on the child's side of the probe.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "plugin/detector.hpp"
#include "plugin/door_column.hpp"
#include "plugin/probe.hpp"

namespace oddity::plugin {
namespace {

/// A value that the spec permits: its default where it can be read as one plain value, else its least. What a
/// user's options do is told when a task starts.
Algorithm::Value permitted(const oddity_option_spec& spec) {
  Algorithm::Value value;
  value.type = spec.type;
  const std::string_view fallback = spec.fallback == nullptr ? "" : spec.fallback;
  double number = spec.least;
  std::from_chars(fallback.data(), fallback.data() + fallback.size(), number);
  number = std::clamp(number, spec.least, spec.most);
  switch (spec.type) {
    case ODDITY_BOOL:
      value.booleans = {static_cast<std::uint8_t>(fallback == "true")};
      break;
    case ODDITY_DOUBLE:
      value.numbers = {number};
      break;
    case ODDITY_STRING: {
      const std::string_view choices = spec.choices == nullptr ? "" : spec.choices;
      value.texts = {std::string(spec.fallback != nullptr ? fallback : choices.substr(0, choices.find('|')))};
      break;
    }
    default:
      value.integers = {static_cast<std::int64_t>(number)};
      break;
  }
  return value;
}

/// A window, the same on every machine, that drifts with `turn`.
struct TrialWindow {
  std::vector<double> values;
  std::vector<double> sorted;
  std::vector<std::int64_t> times;
  oddity_column column{};
  std::vector<const oddity_column*> columns;
  oddity_window window{};

  TrialWindow(int turn, std::size_t rows, std::uint32_t column_count) : columns(column_count, &column) {
    for (std::size_t i = 0; i < rows; ++i) {
      values.push_back(std::sin(static_cast<double>(i + 1) * (turn + 2)) + 10);
      times.push_back(static_cast<std::int64_t>(i) + turn * static_cast<std::int64_t>(rows));
    }
    sorted = values;
    std::sort(sorted.begin(), sorted.end());
    column = door_column(values, sorted.data());
    window = {sizeof window, column_count, rows, rows, times.data(), times.back() + 1, columns.data()};
  }
  TrialWindow(const TrialWindow&) = delete;
  TrialWindow& operator=(const TrialWindow&) = delete;
};

void judge_and_learn(Detector& detector, int turn, std::uint32_t columns) {
  const TrialWindow trial(turn, 20, columns);
  const oddity_question question{sizeof question, ODDITY_BOTH, 0.01};
  oddity_evaluation evaluation{};
  evaluation.struct_size = sizeof evaluation;
  evaluation.p = std::nan("");
  detector.evaluate(trial.window, question, evaluation);
  if (!std::isnan(evaluation.p) && !(evaluation.p >= 0 && evaluation.p <= 1)) {
    throw Failure("expected a p-value from 0 to 1, got " + std::to_string(evaluation.p));
  }
  detector.update(trial.window, true);
}

std::uint32_t columns_of(const Library& library) {
  return library.description().fields == ODDITY_FIELDS_ALL ? 2 : 1;
}

/// std::nullopt: it wants other options than its defaults. That is told to who gives the options.
std::optional<Detector> made(const Algorithm& algorithm, std::uint32_t columns) {
  try {
    return std::make_optional<Detector>(algorithm, columns);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

void try_plugin(const std::filesystem::path& file) {
  const auto library = Library::load(file);
  std::vector<Algorithm::Value> values;
  for (const auto& spec : option_specs(library->description())) values.push_back(permitted(spec));
  const Algorithm algorithm(library, std::move(values));
  const std::uint32_t columns = columns_of(*library);

  std::optional<Detector> detector = made(algorithm, columns);
  if (!detector) return;
  for (int turn = 0; turn < 3; ++turn) judge_and_learn(*detector, turn, columns);
  std::string state;
  detector->snapshot(state);
  Detector restored(algorithm, columns);
  std::string reason;
  if (!restored.restore(state, library->description().state_version, reason)) {
    throw Failure("refuses the state that it has just written: " + reason);
  }
}

Measured measure_plugin(const std::filesystem::path& file, std::uint64_t size) {
  const auto library = Library::load(file);
  Measured measured;
  const std::string given = std::to_string(size);
  std::vector<Algorithm::Value> values;
  for (auto spec : option_specs(library->description())) {
    if (std::string_view(spec.name) == "size") {
      spec.fallback = given.c_str();
      measured.size = size;
    }
    values.push_back(permitted(spec));
  }
  const Algorithm algorithm(library, std::move(values));
  const std::uint32_t columns = columns_of(*library);

  std::optional<Detector> detector = made(algorithm, columns);
  if (!detector) return measured;
  const std::uint64_t rows = std::max<std::uint64_t>(20, size / 50);
  for (int turn = 0; measured.samples < size + size / 4; ++turn, measured.samples += rows)
    detector->update(TrialWindow(turn, static_cast<std::size_t>(rows), columns).window, true);
  std::string state;
  detector->snapshot(state);
  measured.state = state.size();
  measured.memory = detector->footprint();
  return measured;
}

}  // namespace oddity::plugin
