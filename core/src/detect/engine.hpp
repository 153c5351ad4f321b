// The engine: finds a group's detectors, evaluates, decides, learns. The same for every front.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/log.hpp"
#include "detect/plan.hpp"
#include "detect/subject_window.hpp"
#include "detect/verdict.hpp"
#include "oddity/state.hpp"
#include "window/group_window.hpp"

namespace oddity::detect {

/// 1. Engine engine(plan, log);           one instance of every sensor is built and thrown away: a detector
/// that refuses its
///                                        options throws oddity::Error here
/// 2. engine.restore(state), at most once
/// 3. engine.judge(window), for each window; groups come into being as they appear
/// 4. engine.save(), between windows
class Engine {
 public:
  Engine(Plan plan, Log& log);
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  ~Engine();

  const Plan& plan() const noexcept { return plan_; }

  /// Evaluates every sensor, decides by p and alpha, then lets them learn: each subject by its own p, when
  /// that is above alpha or absent. A detector that fails costs this window and starts again; that is logged
  /// once an algorithm.
  const Verdict& judge(const window::GroupWindow& window);

  struct Totals {
    std::uint64_t windows = 0;    ///< judged or not, but with at least one usable value
    std::uint64_t empty = 0;      ///< without any usable value
    std::uint64_t anomalies = 0;  ///< windows whose overall p is below alpha
    std::uint64_t failures = 0;   ///< of detectors
    std::size_t groups = 0;
  };
  Totals totals() const noexcept;

  /// All groups in one envelope, groups in order of their keys: equal state gives equal bytes.
  std::string save() const;

  struct Restored {
    std::size_t groups = 0;
    std::size_t detectors = 0;
    std::string dropped;  ///< why saved detectors were not used; empty: all were
  };
  /// Takes what fits: a sensor that the state has not, or with other options that shape it, starts fresh.
  /// Throws state::EnvelopeError when the bytes as a whole cannot be used; the engine is then as before.
  Restored restore(std::string_view bytes);

 private:
  struct Group;
  struct Learner;
  using Groups = std::unordered_map<std::string, Group>;

  Group& group_of(const std::string& key);
  plugin::Detector make(const Sensor& sensor, const Subject& subject) const;
  void evaluate(Learner& learner, const Subject& subject);
  void learn(Learner& learner, const Subject& subject);
  void heed_order(const window::GroupWindow& window, Group& group);
  void start_again(plugin::Detector& detector, const Sensor& sensor, const Subject& subject,
                   std::string_view why);

  const Plan plan_;
  const std::vector<Subject> subjects_;
  Log& log_;
  Groups groups_;
  Verdict verdict_;
  SubjectWindow subject_window_;
  Totals totals_;
  bool logged_backwards_ = false;
};

}  // namespace oddity::detect
