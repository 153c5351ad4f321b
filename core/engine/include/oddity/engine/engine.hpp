// The engine as a library: whoever has windows of numbers gives them here and gets back whether they are odd.
//
// LIFE CYCLE
//   1. Engine engine(config, host)     reads the deployment, finds and loads the detectors, checks every option. Throws
//                                      oddity::Error with all that is wrong, each with its place and a hint.
//   2. engine.restore(state)           at most once, before the first window: bytes that save() gave, also of an older
//                                      version or under other options.
//   3. engine.judge(window)            for each window of each group, in order of their ends. Groups come into being as they appear.
//   4. engine.save()                   between windows, as often as wanted.
//
// One engine is never called from two threads at once; different engines may be. Data is never an error: what cannot be judged is
// a Judgement without fields.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "oddity/engine/error.hpp"         // IWYU pragma: export
#include "oddity/engine/group_window.hpp"  // IWYU pragma: export
#include "oddity/engine/result_field.hpp"  // IWYU pragma: export

namespace oddity {

/// What is judged, and how: the options of a TICKscript or of the command line, as texts.
struct EngineConfig {
  using Texts = std::vector<std::pair<std::string, std::string>>;  ///< name, value
  /// The core's options by name: {"field", "hotend"}, {"size", "3600"}, {"alpha", "0.001"}, {"algorithm", "ks"}.
  /// One that may be repeated stands once for each value.
  Texts options;
  /// A detector's own options: {"ks.exact", "true"} or {"exact", "true"}.
  Texts params;
  /// A YAML deployment, whose values the options above replace; empty: none.
  std::filesystem::path deployment;
};

/// What the engine needs of the program that it lives in.
struct Host {
  /// Takes one line of the log, without a newline, on the thread that called the engine. Empty: nobody listens.
  std::function<void(std::string_view)> log;
  /// A program that tries a detector before this process loads it, as `SANDBOX probe FILE`: the installed `oddity`. What
  /// crashes, hangs or prints there costs nothing here. Empty: detectors are loaded untried.
  std::filesystem::path sandbox;
  /// Where detectors are found, NAME.so, in this order, behind the folders that the deployment names.
  std::vector<std::filesystem::path> plugin_folders;
};

/// What was found in one window. Valid until the engine judges the next one.
struct Judgement {
  bool judged = false;     ///< false: too little is known yet, or there was no usable value
  bool anomalous = false;  ///< the overall p is below alpha
  double p = 0;            ///< overall, in [0, 1]; NaN where nothing was judged
  double score = 0;        ///< above 1 is anomalous, whatever the detector; NaN where nothing was judged
  std::span<const ResultField> fields;
};

class Engine {
 public:
  Engine(const EngineConfig& config, Host host);
  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  ~Engine();

  /// The fields that are watched, in the order of a window's columns.
  const std::vector<std::string>& fields() const noexcept;

  /// Judges a window, then lets the detectors learn from it. `window.columns`: one for each of fields(), NaN where a row has no value.
  const Judgement& judge(const GroupWindow& window);

  /// The same for whoever has columns: `times` in ns since 1970 UTC, and a column as long for each of fields().
  const Judgement& judge(std::string_view group, std::int64_t end, std::span<const std::int64_t> times,
                         std::span<const std::span<const double>> columns);

  /// All groups; equal state gives equal bytes. docs/state-format.md says what they are.
  std::string save();

  struct Restored {
    std::size_t groups = 0;
    std::size_t detectors = 0;
    std::string dropped;  ///< why something that was saved is not used; empty: all is
  };
  /// Takes what fits the options of today. Throws oddity::Error when the bytes as a whole cannot be used; the engine is then as it was.
  Restored restore(std::string_view state);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace oddity
