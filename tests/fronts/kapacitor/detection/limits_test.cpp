#include <gtest/gtest.h>

#include <chrono>

#include "agent/limits.hpp"
#include "options/config.hpp"

namespace oddity {
namespace {

/// config/oddity.yaml says what holds without it.
TEST(Limits, AreTheDocumentedOnes) {
  const config::Config documented = config::read(ODDITY_CONFIG);
  const agent::Limits limits;
  EXPECT_EQ(std::chrono::nanoseconds(*documented.limits.call), limits.call);
  EXPECT_EQ(std::chrono::nanoseconds(*documented.limits.heartbeat), limits.heartbeat);
  EXPECT_EQ(std::chrono::nanoseconds(*documented.limits.output_stall), limits.write_stall);
  EXPECT_EQ(std::chrono::nanoseconds(*documented.limits.end_stall), limits.after_end_stall);
  EXPECT_EQ(std::chrono::nanoseconds(*documented.limits.end_call), limits.after_end_call);
  EXPECT_EQ(static_cast<std::size_t>(*documented.limits.inbox), limits.inbox_bytes);
}

}  // namespace
}  // namespace oddity
