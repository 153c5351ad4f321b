// One instance of the detector under check. Unlike plugin::Detector it tells a refusal from a failure, and
// gives the checks access to the ABI itself.
#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "conformance/source.hpp"
#include "plugin/detector.hpp"

namespace oddity::conformance {

/// The constructor refuses its options; what() is the reason, which may be empty.
class Refused : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Calls throw plugin::Failure, with the name of the call and the plugin's own text, where the ABI says that
/// they may not fail.
class Instance {
 public:
  /// Throws Refused.
  Instance(std::shared_ptr<const plugin::Algorithm> algorithm, std::uint32_t columns);

  oddity_evaluation evaluate(const AbiWindow& window, std::int32_t direction = ODDITY_BOTH) const {
    return evaluate(window.abi(), direction);
  }
  oddity_evaluation evaluate(const oddity_window& window, std::int32_t direction = ODDITY_BOTH,
                             double alpha = usual_alpha) const;
  void update(const AbiWindow& window, bool learn) { update(window.abi(), learn); }
  void update(const oddity_window& window, bool learn);
  std::string snapshot() const;

  struct Restored {
    std::int32_t code = ODDITY_OK;
    std::string reason;
  };
  /// Any bytes may be tried; what came of it is the answer. An instance that refused is spent.
  Restored restore(std::string_view state);
  std::uint64_t footprint() const;

  const oddity_plugin& table() const noexcept { return algorithm_->table(); }
  const plugin::DetectorDescription& description() const noexcept { return algorithm_->description(); }
  void* handle() const noexcept { return handle_.get(); }

  static constexpr double usual_alpha = 0.001;

 private:
  struct Destroy {
    const oddity_plugin* table;
    void operator()(void* instance) const noexcept { table->destroy(instance); }
  };
  std::shared_ptr<const plugin::Algorithm> algorithm_;
  std::unique_ptr<void, Destroy> handle_;
};

}  // namespace oddity::conformance
