// A detector class driven through the functions of its ABI, as the host drives it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "numerics/tails.hpp"
#include "oddity/export.hpp"
#include "support/abi_window.hpp"

namespace oddity::test {

template <class D>
class Instance {
 public:
  explicit Instance(std::int64_t size) : size_(size) {
    instance_ = table().create(&value_, 1, nullptr);
    EXPECT_NE(instance_, nullptr);
  }
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;
  ~Instance() { table().destroy(instance_); }

  oddity_evaluation evaluate(const std::vector<double>& values, std::int32_t direction = ODDITY_BOTH) const {
    const AbiWindow window(values);
    const oddity_question question{sizeof question, direction, 0.001};
    oddity_evaluation evaluation{};
    evaluation.struct_size = sizeof evaluation;
    std::fill(&evaluation.p, &evaluation.p + 7 + ODDITY_MAX_OUTPUTS, std::nan(""));
    EXPECT_EQ(table().evaluate(instance_, &window.abi(), &question, &evaluation, nullptr), ODDITY_OK);
    return evaluation;
  }
  void learn(const std::vector<double>& values) { update(values, values.size(), ODDITY_LEARN_YES); }
  void update(const std::vector<double>& values, std::size_t fresh, std::int32_t learn) {
    const AbiWindow window(values, fresh);
    EXPECT_EQ(table().update(instance_, &window.abi(), learn, nullptr), ODDITY_OK);
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

 private:
  static const oddity_plugin& table() { return *detail::Exported<D>::entry(&tails::host()); }
  std::int64_t size_;
  oddity_value value_{&size_, 1, ODDITY_INT};
  void* instance_ = nullptr;
};

}  // namespace oddity::test
