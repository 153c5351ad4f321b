// A detector class driven through the functions of its ABI, as the host drives it: windows one behind the
// other, a row a second unless told otherwise.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "numerics/tails.hpp"
#include "oddity/export.hpp"
#include "support/abi_window.hpp"
#include "support/linked_detector.hpp"

namespace oddity::test {

template <class D>
class Instance {
 public:
  using Options = std::map<std::string, std::string>;

  /// A period is of a minute, so that a few windows have several.
  explicit Instance(std::int64_t size, Options given = {}) : Instance(with_size(size, std::move(given))) {}
  /// `given`: options other than the default, as texts.
  explicit Instance(const Options& given) : algorithm_(linked_algorithm<D>(given)) {
    instance_ = table().create(algorithm_->values().data(), 1, nullptr);
    EXPECT_NE(instance_, nullptr);
  }
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;
  ~Instance() { table().destroy(instance_); }

  oddity_evaluation evaluate(const std::vector<double>& values, std::int32_t direction = ODDITY_BOTH) const {
    AbiWindow window(values, values.size(), now_, step_);
    window.set_autocorrelation(autocorrelation_);
    const oddity_question question{sizeof question, direction, 0.001};
    oddity_evaluation evaluation{};
    evaluation.struct_size = sizeof evaluation;
    std::fill(&evaluation.p, &evaluation.p + 8 + ODDITY_MAX_OUTPUTS, std::nan(""));
    EXPECT_EQ(table().evaluate(instance_, &window.abi(), &question, &evaluation, nullptr), ODDITY_OK);
    return evaluation;
  }
  void learn(const std::vector<double>& values) { update(values, values.size(), ODDITY_LEARN_YES); }
  /// Sees a window that is not to be learned.
  void pass(const std::vector<double>& values) { update(values, values.size(), ODDITY_LEARN_NO); }
  /// The last `fresh` rows are fresh; the first `seen` have been in a window before.
  void update(const std::vector<double>& values, std::size_t fresh, std::int32_t learn,
              std::size_t seen = 0) {
    const std::size_t old = std::max(seen, values.size() - fresh);
    const AbiWindow window(values, fresh, now_ - static_cast<std::int64_t>(old) * step_, step_);
    EXPECT_EQ(table().update(instance_, &window.abi(), learn, nullptr), ODDITY_OK);
    now_ += static_cast<std::int64_t>(values.size() - old) * step_;
  }
  /// The next row comes at second `time`, those behind it `step` seconds apart.
  void go_to(std::int64_t time, std::int64_t step = 1) noexcept {
    now_ = time;
    step_ = step;
  }
  /// When the next window begins, s.
  std::int64_t now() const noexcept { return now_; }
  std::string snapshot() const {
    std::string bytes;
    const oddity_sink sink{&bytes, [](void* to, const void* from, std::uint64_t size) -> std::int32_t {
                             static_cast<std::string*>(to)->append(static_cast<const char*>(from), size);
                             return 0;
                           }};
    EXPECT_EQ(table().snapshot(instance_, &sink, nullptr), ODDITY_OK);
    return bytes;
  }
  std::uint64_t footprint() const { return table().footprint(instance_); }
  bool restore(const std::string& bytes) { return restore(bytes, table().description->state_version); }
  /// A state of an older version.
  bool restore(const std::string& bytes, std::uint32_t version) {
    return table().restore(instance_, bytes.data(), bytes.size(), version, nullptr) == ODDITY_OK;
  }
  /// Of the rows, from here on.
  void set_autocorrelation(double lag_one) noexcept { autocorrelation_ = lag_one; }
  /// Windows follow on those of `other`.
  void go_on_after(const Instance& other) noexcept { go_to(other.now_, other.step_); }

 private:
  static const oddity_plugin& table() { return *detail::Exported<D>::entry(&tails::host()); }
  static Options with_size(std::int64_t size, Options given) {
    given.emplace("size", std::to_string(size));
    given.emplace("period", "1m");
    return given;
  }

  std::shared_ptr<const plugin::Algorithm> algorithm_;
  double autocorrelation_ = 0;
  void* instance_ = nullptr;
  std::int64_t now_ = 0;
  std::int64_t step_ = 1;
};

}  // namespace oddity::test
