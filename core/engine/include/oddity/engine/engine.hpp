// The engine as a library: a program hands over windows of numbers and is told which are anomalous.
//
// LIFE CYCLE
//   1. Engine engine(config, host)   reads the deployment, finds and loads the detectors, and checks every
//                                    option. Throws oddity::Error with everything that is wrong, each mistake
//                                    with its place and a hint.
//   2. engine.restore(state)         at most once, before the first window: what save() returned, also by an
//                                    older version or under other options.
//   3. engine.judge(window)          for each window of each group, in order of their ends. A group begins
//                                    with its first window.
//   4. engine.save()                 between windows, as often as wanted.
//   5. The destructor                frees every detector. Save before, or what was learned is lost.
//
// One engine must not be called from two threads at once; different engines may be. Data is never an error: a
// window that cannot be judged gives a Judgement without fields.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
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
  /// Pairs of name and value.
  using Texts = std::vector<std::pair<std::string, std::string>>;
  /// The core's options by name, as docs/configuration.md lists them; one that may be repeated
  /// appears once for each value. For example {{"field", "hotend"}, {"size", "3600"}, {"alpha",
  /// "0.001"}, {"algorithm", "ks"}}.
  Texts options;
  /// Options of the detectors' own: {"ks.size", "1800"} for one of them, {"size",
  /// "1800"} for all that declare it.
  Texts params;
  /// A YAML deployment, whose values the options above replace. Empty: none.
  std::filesystem::path deployment;
};

/// What the engine needs from the program that it lives in.
struct Host {
  /// Receives one line of the log, without a newline, on the thread that called the engine. What it throws is
  /// ignored. Empty: nothing is logged.
  std::function<void(std::string_view)> log;
  /// The installed program `oddity`, which tries a detector in a child process before this process
  /// loads it, as `SANDBOX probe FILE`: what crashes, hangs or prints there does no harm here.
  /// Empty: detectors are loaded untried.
  std::filesystem::path sandbox;
  /// The folders that are searched for detectors (NAME.so), in this order, after those of the deployment.
  std::vector<std::filesystem::path> plugin_folders;
};

/// The result of one window. Valid until the next call of Engine::judge.
struct Judgement {
  /// False while too little has been learned, or where the window has no usable value.
  bool judged = false;
  /// Whether `p` is below alpha.
  bool anomalous = false;
  /// The overall p-value, in [0, 1]; of several detectors or fields it is corrected for their number. NaN
  /// where nothing was judged.
  double p = std::numeric_limits<double>::quiet_NaN();
  /// Above 1 is anomalous, whatever the detector. NaN where nothing was judged.
  double score = std::numeric_limits<double>::quiet_NaN();
  /// What users see, in the order in which it is reported. Empty where there is nothing to report.
  std::span<const ResultField> fields;
};

/// Judges windows and learns from those that are not anomalous. Owns its detectors and all that they learned.
class Engine {
 public:
  /// Loads the chosen detectors and checks every option. Throws oddity::Error with all mistakes, most often
  /// an unknown or missing option, or a detector that no folder has.
  Engine(const EngineConfig& config, Host host);
  /// An engine that was moved from may only be assigned to or destroyed.
  Engine(Engine&&) noexcept;
  /// As above; what this engine had learned is dropped.
  Engine& operator=(Engine&&) noexcept;
  ~Engine();

  /// The names of the watched fields, in the order of a window's columns.
  const std::vector<std::string>& fields() const noexcept;

  /// Judges a window, then lets the detectors learn from it. `window.columns`: one for each of fields(), as
  /// long as `window.times`, NaN where a row has no value; another shape throws oddity::Error.
  const Judgement& judge(const GroupWindow& window);

  /// The same for columns that the caller already has, for the group of this name. `end` and
  /// `times` are in ns since 1970 UTC; `columns`: one for each of fields(), each as long as
  /// `times`. Nothing is kept of them.
  const Judgement& judge(std::string_view group, std::int64_t end, std::span<const std::int64_t> times,
                         std::span<const std::span<const double>> columns);

  /// What all groups have learned, as bytes; equal state gives equal bytes.
  /// docs/state-format.md describes them.
  std::string save();

  /// What restore() took over.
  struct Restored {
    std::size_t groups = 0;
    std::size_t detectors = 0;
    /// Why part of what was saved is not used; empty: all of it is.
    std::string dropped;
  };
  /// Takes over whatever fits the current options. Throws oddity::Error where the bytes as a whole cannot be
  /// used (damaged, or saved by a newer version); the engine is then unchanged.
  Restored restore(std::string_view state);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace oddity
