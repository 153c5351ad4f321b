// The life of a detector as text: the same for every host and every build of the same detector.
//
// Uses the host's own classes (plugin/), so a program of this and those is a small host. Input comes from
// whole numbers, so that no mathematical library has a part in it.
#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "oddity/moments.hpp"
#include "plugin/detector.hpp"

namespace oddity::compat {

/// Each option at its default, `size` at what is given.
inline std::vector<plugin::Algorithm::Value> values_of(const oddity_description& description,
                                                       std::int64_t size) {
  std::vector<plugin::Algorithm::Value> values;
  for (const auto& spec : plugin::option_specs(description)) {
    plugin::Algorithm::Value value;
    value.type = spec.type;
    const std::string text = spec.fallback == nullptr ? "" : spec.fallback;
    if (spec.type == ODDITY_BOOL) value.booleans = {static_cast<std::uint8_t>(text == "true")};
    if (spec.type == ODDITY_DOUBLE) value.numbers = {std::strtod(text.c_str(), nullptr)};
    if (spec.type == ODDITY_STRING) value.texts = {text};
    if (spec.type == ODDITY_INT || spec.type == ODDITY_DURATION)
      value.integers = {std::string(spec.name) == "size" ? size : std::strtoll(text.c_str(), nullptr, 10)};
    values.push_back(std::move(value));
  }
  return values;
}

/// Readings with two decimals around 20, the sum of four dice; from window 30 on a little higher.
class Readings {
 public:
  std::vector<double> window(std::size_t rows) {
    std::vector<double> values;
    for (std::size_t i = 0; i < rows; ++i) {
      std::int64_t sum = turn_ >= 30 ? 150 : 0;
      for (int die = 0; die < 4; ++die) sum += static_cast<std::int64_t>(next() % 500);
      values.push_back(static_cast<double>(1000 + sum) / 100);
    }
    ++turn_;
    return values;
  }
  /// Goes on as if so many windows had been read.
  void skip(int windows, std::size_t rows) {
    while (windows-- > 0) window(rows);
  }

 private:
  std::uint64_t next() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return state_ >> 33;
  }
  std::uint64_t state_ = 20160101;
  int turn_ = 0;
};

/// What a host hands through the door, with canaries behind what the plugin writes.
class Instance {
 public:
  explicit Instance(std::shared_ptr<const plugin::Library> library, std::int64_t size)
      : algorithm_(library, values_of(library->description(), size)), detector_(algorithm_, 1) {}

  /// A line: outcome and all numbers, exactly.
  std::string judge(const std::vector<double>& values, std::int32_t direction = ODDITY_BOTH) {
    const Door door(values);
    oddity_question question{};
    question.struct_size = sizeof question;
    question.direction = direction;
    question.alpha = 0.001;
    struct {
      oddity_evaluation evaluation;
      double canary = 12345;
    } out;
    double* const first = &out.evaluation.p;
    std::fill(first, &out.canary, std::nan(""));
    out.evaluation.struct_size = sizeof out.evaluation;
    out.evaluation.outcome = -1;
#ifdef ODDITY_TEST_NEWER_DOOR
    question.appended = 3;
#endif
    detector_.evaluate(door.window, question, out.evaluation);
    if (out.canary != 12345) return "wrote beyond the evaluation";
    std::string line = std::to_string(out.evaluation.outcome);
    for (const double* number = first; number != out.evaluation.outputs + ODDITY_MOST_OUTPUTS; ++number)
      line += ' ' + exact(*number);
#ifdef ODDITY_TEST_NEWER_DOOR
    line += " appended " + exact(out.evaluation.appended);
#endif
    return line;
  }
  void learn(const std::vector<double>& values, bool learns = true) {
    detector_.update(Door(values).window, learns);
  }
  std::string snapshot() const {
    std::string state;
    detector_.snapshot(state);
    return state;
  }
  /// Empty, or why it was refused.
  std::string restore(const std::string& state, std::uint32_t version) {
    std::string reason;
    return detector_.restore(state, version, reason) ? "" : "refused: " + reason;
  }

  static std::string exact(double number) {
    if (std::isnan(number)) return "-";
    char text[32];
    std::snprintf(text, sizeof text, "%a", number);
    return text;
  }

 private:
  struct Door {
    explicit Door(const std::vector<double>& values) : sorted(values), times(values.size()) {
      std::sort(sorted.begin(), sorted.end());
      for (std::size_t i = 0; i < times.size(); ++i) times[i] = static_cast<std::int64_t>(i) * 1'000'000'000;
      const Moments moments = moments_of(values);
      column.struct_size = sizeof column;
      column.values = values.data();
      column.sorted = sorted.data();
      column.mean = moments.mean;
      column.sum_of_squares = moments.sum_of_squares;
      column.least = moments.least;
      column.most = moments.most;
      column.mean_rest = moments.mean_rest;
      window.struct_size = sizeof window;
      window.column_count = 1;
      window.rows = window.fresh = values.size();
      window.times = times.data();
      window.end = times.back() + 1'000'000'000;
      window.columns = &columns;
#ifdef ODDITY_TEST_NEWER_DOOR
      column.appended = 1;
      window.appended = 2;
#endif
    }
    Door(const Door&) = delete;
    Door& operator=(const Door&) = delete;
    std::vector<double> sorted;
    std::vector<std::int64_t> times;
    oddity_column column{};
    const oddity_column* columns = &column;
    oddity_window window{};
  };
  plugin::Algorithm algorithm_;
  plugin::Detector detector_;
};

constexpr std::size_t rows_each = 25;

/// A whole life: forty windows, a restart in the middle, and the state at the end.
inline std::string life(const std::shared_ptr<const plugin::Library>& library) {
  std::string text = std::string(library->description().name) + ' ' + library->description().version + '\n';
  for (const auto& option : plugin::option_specs(library->description()))
    text += std::string("option ") + option.name + '\n';
  for (const auto& output : plugin::output_specs(library->description()))
    text += std::string("output ") + output.name + '\n';
  const std::int64_t size = 400;
  auto instance = std::make_unique<Instance>(library, size);
  Readings readings;
  for (int turn = 0; turn < 40; ++turn) {
    const std::vector<double> window = readings.window(rows_each);
    text += instance->judge(window) + '\n';
    instance->learn(window, turn % 7 != 3);
    if (turn != 20) continue;
    auto again = std::make_unique<Instance>(library, size);
    text += again->restore(instance->snapshot(), library->description().state_version);
    instance = std::move(again);
  }
  text += "state";
  for (const char byte : instance->snapshot()) {
    char two[3];
    std::snprintf(two, sizeof two, "%02x", static_cast<unsigned char>(byte));
    text += two;
  }
  return text + '\n';
}

}  // namespace oddity::compat
