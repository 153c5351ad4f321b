// One instance of a detector: the only place where the core calls into a plugin.
#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "oddity/abi.h"
#include "plugin/library.hpp"

namespace oddity::plugin {

/// A plugin broke a promise: it threw, or its answer breaks a law. Costs the window, never the task.
class Failure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A chosen algorithm: its library and the option values that every instance shares.
/// Immutable; outlives its detectors.
class Algorithm {
 public:
  /// A value in one of the vectors that oddity_value can point to; by declared order, complete.
  struct Value {
    std::int32_t type = ODDITY_INT;
    std::vector<std::uint8_t> booleans;
    std::vector<std::int64_t> integers;  ///< also durations, in nanoseconds
    std::vector<double> numbers;
    std::vector<std::string> texts;
  };

  Algorithm(std::shared_ptr<const Library> library, std::vector<Value> values);
  Algorithm(const Algorithm&) = delete;
  Algorithm& operator=(const Algorithm&) = delete;

  const oddity_plugin& table() const noexcept { return library_->table(); }
  const DetectorDescription& description() const noexcept { return library_->description(); }
  std::string_view name() const noexcept { return description().name; }
  const Library& library() const noexcept { return *library_; }
  const std::vector<oddity_value>& values() const noexcept { return abi_values_; }

 private:
  std::shared_ptr<const Library> library_;
  std::vector<Value> values_;
  std::vector<std::vector<const char*>> texts_;
  std::vector<oddity_value> abi_values_;
};

/// Owns one instance. Every call throws Failure with the plugin's own text when the plugin fails.
class Detector {
 public:
  /// Throws oddity::Error when the plugin refuses the options, Failure when it breaks.
  Detector(const Algorithm& algorithm, std::uint32_t columns);

  void evaluate(const oddity_window& window, const oddity_question& question,
                oddity_evaluation& evaluation) const;
  void update(const oddity_window& window, bool learn);
  void snapshot(std::string& state) const;  ///< appends
  /// False, with the reason: the state cannot be used; this instance is then spent.
  bool restore(std::string_view state, std::uint32_t version, std::string& reason);
  /// Bytes of memory, by the plugin's own estimate.
  std::uint64_t footprint() const noexcept { return table()->footprint(instance_.get()); }

 private:
  struct Destroy {
    const oddity_plugin* table;
    void operator()(void* instance) const noexcept { table->destroy(instance); }
  };
  std::unique_ptr<void, Destroy> instance_;
  const oddity_plugin* table() const noexcept { return instance_.get_deleter().table; }
};

}  // namespace oddity::plugin
