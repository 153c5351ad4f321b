// A detector class driven through the functions of its ABI, as the host drives it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "numerics/tails.hpp"
#include "oddity/export.hpp"
#include "support/abi_window.hpp"

namespace oddity::test {

/// Its windows follow one another, a row a second.
template <class D>
class Instance {
 public:
  /// `given`: options other than the default.
  explicit Instance(std::int64_t size, std::map<std::string, double> given = {}) {
    given.emplace("size", static_cast<double>(size));
    for (const OptionSpec& spec : D::description.options) {
      const auto own = given.find(spec.name);
      numbers_.push_back(own == given.end() ? std::strtod(spec.default_value, nullptr) : own->second);
      integers_.push_back(static_cast<std::int64_t>(numbers_.back()));
    }
    for (std::size_t i = 0; i < numbers_.size(); ++i) {
      const std::int32_t type = D::description.options[i].type;
      values_.push_back(type == ODDITY_INT ? oddity_value{&integers_[i], 1, type}
                                           : oddity_value{&numbers_[i], 1, type});
    }
    instance_ = table().create(values_.data(), 1, nullptr);
    EXPECT_NE(instance_, nullptr);
  }
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;
  ~Instance() { table().destroy(instance_); }

  oddity_evaluation evaluate(const std::vector<double>& values, std::int32_t direction = ODDITY_BOTH) const {
    AbiWindow window(values, values.size(), now_);
    window.set_autocorrelation(autocorrelation_);
    const oddity_question question{sizeof question, direction, 0.001};
    oddity_evaluation evaluation{};
    evaluation.struct_size = sizeof evaluation;
    std::fill(&evaluation.p, &evaluation.p + 7 + ODDITY_MAX_OUTPUTS, std::nan(""));
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
    const AbiWindow window(values, fresh, now_ - static_cast<std::int64_t>(old));
    EXPECT_EQ(table().update(instance_, &window.abi(), learn, nullptr), ODDITY_OK);
    now_ += static_cast<std::int64_t>(values.size() - old);
  }
  std::string snapshot() const {
    std::string bytes;
    const oddity_sink sink{&bytes, [](void* to, const void* from, std::uint64_t size) -> std::int32_t {
                             static_cast<std::string*>(to)->append(static_cast<const char*>(from), size);
                             return 0;
                           }};
    EXPECT_EQ(table().snapshot(instance_, &sink, nullptr), ODDITY_OK);
    return bytes;
  }
  bool restore(const std::string& bytes) {
    return table().restore(instance_, bytes.data(), bytes.size(), 1, nullptr) == ODDITY_OK;
  }
  /// Of the rows, from here on.
  void set_autocorrelation(double lag_one) noexcept { autocorrelation_ = lag_one; }
  /// Windows follow on those of `other`.
  void go_on_after(const Instance& other) noexcept { now_ = other.now_; }

 private:
  static const oddity_plugin& table() { return *detail::Exported<D>::entry(&tails::host()); }
  std::vector<double> numbers_;
  std::vector<std::int64_t> integers_;
  std::vector<oddity_value> values_;
  /// When the next window begins, s.
  std::int64_t now_ = 0;
  double autocorrelation_ = 0;
  void* instance_ = nullptr;
};

}  // namespace oddity::test
