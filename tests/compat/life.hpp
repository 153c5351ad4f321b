// The life of a detector as text: the same for every host and every build of the same detector.
//
// Uses the host's own classes (plugin/), so a program of this and those is a small host. Input comes from
// whole numbers, so that no mathematical library has a part in it.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "options/parse.hpp"
#include "plugin/abi_window.hpp"
#include "plugin/detector.hpp"

namespace oddity::compat {

inline std::string hexadecimal(const std::string& bytes) {
  std::string text;
  for (const char byte : bytes) {
    char two[3];
    std::snprintf(two, sizeof two, "%02x", static_cast<unsigned char>(byte));
    text += two;
  }
  return text;
}

/// Each option at its default, `size` at what is given; a period is of a minute, so that a short life has
/// several.
inline std::vector<plugin::Algorithm::Value> values_of(const plugin::DetectorDescription& description,
                                                       std::int64_t size) {
  std::vector<plugin::Algorithm::Value> values;
  for (const auto& spec : description.options) {
    plugin::Algorithm::Value value;
    value.type = spec.type;
    std::string text = spec.default_value == nullptr ? "" : spec.default_value;
    if (std::string(spec.name) == "period") text = "1m";
    if (spec.type == ODDITY_BOOL) value.booleans = {static_cast<std::uint8_t>(text == "true")};
    if (spec.type == ODDITY_DOUBLE) value.numbers = {std::strtod(text.c_str(), nullptr)};
    if (spec.type == ODDITY_STRING) value.texts = {text};
    if (spec.type == ODDITY_DURATION) value.integers = {options::parse_duration(text).value_or(0)};
    if (spec.type == ODDITY_INT)
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

/// What a host hands through the ABI, with canaries behind what the plugin writes.
class Instance {
 public:
  explicit Instance(const std::shared_ptr<const plugin::Library>& library, std::int64_t size)
      : algorithm_(library, values_of(library->description(), size)), detector_(algorithm_, 1) {}

  /// A line: outcome and all numbers, exactly.
  std::string judge(const std::vector<double>& values, std::int32_t direction = ODDITY_BOTH) {
    const Exported abi(values, now_);
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
#ifdef ODDITY_TEST_NEWER_ABI
    question.appended = 3;
#endif
    detector_.evaluate(abi.window, question, out.evaluation);
    if (out.canary != 12345) return "wrote beyond the evaluation";
    std::string line = std::to_string(out.evaluation.outcome);
    for (const double* number = first; number != out.evaluation.outputs + ODDITY_MAX_OUTPUTS; ++number)
      line += ' ' + exact(*number);
#ifdef ODDITY_TEST_NEWER_ABI
    line += " appended " + exact(out.evaluation.appended);
#endif
    return line;
  }
  void learn(const std::vector<double>& values, bool learns = true) {
    detector_.update(Exported(values, now_).window, learns);
    now_ += static_cast<std::int64_t>(values.size());
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

  /// So many rows, a second each, have been before.
  void go_on_after(std::int64_t rows) noexcept { now_ = rows; }

  static std::string exact(double number) {
    if (std::isnan(number)) return "-";
    char text[32];
    std::snprintf(text, sizeof text, "%a", number);
    return text;
  }

 private:
  /// A window of one column; a newer ABI's members have values that a plugin can find again.
  struct Exported {
    Exported(const std::vector<double>& values, std::int64_t now)
        : made({values}, times_of(values.size(), now), true),
          column(*made.abi().columns[0]),
          window(made.abi()) {
#ifdef ODDITY_TEST_NEWER_ABI
      column.appended = 1;
      window.appended = 2;
#endif
      window.columns = &columns;
    }
    Exported(const Exported&) = delete;
    Exported& operator=(const Exported&) = delete;

    static std::vector<std::int64_t> times_of(std::size_t rows, std::int64_t now) {
      std::vector<std::int64_t> times;
      for (std::size_t i = 0; i < rows; ++i)
        times.push_back((now + static_cast<std::int64_t>(i)) * 1'000'000'000);
      return times;
    }
    plugin::AbiWindow made;
    oddity_column column;
    const oddity_column* columns = &column;
    oddity_window window;
  };
  plugin::Algorithm algorithm_;
  plugin::Detector detector_;
  std::int64_t now_ = 0;
};

constexpr std::size_t rows_each = 25;

/// A whole life: forty windows, a restart in the middle, and the state at the end.
inline std::string life(const std::shared_ptr<const plugin::Library>& library) {
  std::string text = std::string(library->description().name) + ' ' + library->description().version + '\n';
  for (const auto& option : library->description().options)
    text += std::string("option ") + option.name + '\n';
  for (const auto& output : library->description().outputs)
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
    again->go_on_after((turn + 1) * std::int64_t{rows_each});
    instance = std::move(again);
  }
  return text + "state" + hexadecimal(instance->snapshot()) + '\n';
}

}  // namespace oddity::compat
