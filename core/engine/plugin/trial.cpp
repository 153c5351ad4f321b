// The trial run of a plugin, on the child's side of the probe.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "plugin/abi_window.hpp"
#include "plugin/detector.hpp"
#include "plugin/evaluation.hpp"
#include "plugin/probe.hpp"

namespace oddity::plugin {
namespace {

/// A value that the spec permits: its default where that is a single plain value, else the smallest. What a
/// user's own options do shows when a task starts.
Algorithm::Value permitted(const oddity_option_spec& spec) {
  Algorithm::Value value;
  value.type = spec.type;
  const std::string_view default_value = spec.default_value == nullptr ? "" : spec.default_value;
  double number = spec.min;
  std::from_chars(default_value.data(), default_value.data() + default_value.size(), number);
  number = std::clamp(number, spec.min, spec.max);
  switch (spec.type) {
    case ODDITY_BOOL:
      value.booleans = {static_cast<std::uint8_t>(default_value == "true")};
      break;
    case ODDITY_DOUBLE:
      value.numbers = {number};
      break;
    case ODDITY_STRING: {
      const std::string_view choices = spec.choices == nullptr ? "" : spec.choices;
      value.texts = {
          std::string(spec.default_value != nullptr ? default_value : choices.substr(0, choices.find('|')))};
      break;
    }
    default:
      value.integers = {static_cast<std::int64_t>(number)};
      break;
  }
  return value;
}

/// A window, the same on every machine, that drifts with `turn`.
AbiWindow trial_window(int turn, std::size_t rows, std::uint32_t columns, bool wants_sorted) {
  std::vector<double> values;
  std::vector<std::int64_t> times;
  for (std::size_t i = 0; i < rows; ++i) {
    values.push_back(std::sin(static_cast<double>(i + 1) * (turn + 2)) + 10);
    times.push_back(static_cast<std::int64_t>(i) + turn * static_cast<std::int64_t>(rows));
  }
  return {std::vector<std::vector<double>>(columns, values), std::move(times), wants_sorted};
}

/// Asks as the engine does, in every direction that is served, and checks the answers by the same laws.
void judge_and_learn(Detector& detector, const DetectorDescription& description, int turn,
                     std::uint32_t columns) {
  const AbiWindow window = trial_window(turn, 20, columns, description.wants_sorted);
  for (const std::int32_t direction : {ODDITY_BOTH, ODDITY_ABOVE, ODDITY_BELOW}) {
    if (!description.serves(direction)) continue;
    const oddity_question question{sizeof question, direction, 0.01};
    oddity_evaluation evaluation = blank_evaluation();
    detector.evaluate(window.abi(), question, evaluation);
    check(evaluation);
  }
  detector.update(window.abi(), true);
}

std::uint32_t columns_of(const Library& library) {
  return library.description().fields == ODDITY_FIELDS_ALL ? 2 : 1;
}

/// std::nullopt: it refuses its own defaults. Whoever gives the options is told when a task starts.
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
  for (const auto& spec : library->description().options) values.push_back(permitted(spec));
  const Algorithm algorithm(library, std::move(values));
  const std::uint32_t columns = columns_of(*library);

  std::optional<Detector> detector = made(algorithm, columns);
  if (!detector) return;
  for (int turn = 0; turn < 3; ++turn) judge_and_learn(*detector, library->description(), turn, columns);
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
  for (auto spec : library->description().options) {
    if (std::string_view(spec.name) == "size") {
      spec.default_value = given.c_str();
      measured.size = size;
    }
    values.push_back(permitted(spec));
  }
  const Algorithm algorithm(library, std::move(values));
  const std::uint32_t columns = columns_of(*library);

  std::optional<Detector> detector = made(algorithm, columns);
  if (!detector) return measured;
  const bool wants_sorted = library->description().wants_sorted;
  const std::uint64_t rows = std::max<std::uint64_t>(20, size / 50);
  for (int turn = 0; measured.samples < size + size / 4; ++turn, measured.samples += rows)
    detector->update(trial_window(turn, static_cast<std::size_t>(rows), columns, wants_sorted).abi(), true);
  std::string state;
  detector->snapshot(state);
  measured.state = state.size();
  measured.memory = detector->footprint();
  return measured;
}

}  // namespace oddity::plugin
