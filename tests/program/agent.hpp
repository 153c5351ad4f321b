// What the whole-program tests of the agent share.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "standin/standin.hpp"

namespace oddity::test {

inline constexpr std::int64_t second = 1'000'000'000;

/// An agent that has been initialised.
class Agent : public StandIn {
 public:
  /// `more`: arguments after "agent".
  explicit Agent(const udf::Request& init, Output output = Output::read,
                 const std::vector<std::string>& more = {})
      : StandIn(ODDITY_PROGRAM, after("agent", more), output) {
    send(init);
    if (output == Output::unread) return;
    const auto answer = next();
    EXPECT_TRUE(answer && answer->has_init());
    EXPECT_TRUE(answer && answer->init().success()) << answer->init().error();
  }
  /// A window of one field, a value a second, the first at `start` seconds.
  void send_window(const Batch& batch, const std::string& field, const std::vector<double>& values,
                   std::int64_t start) {
    send(begin_request(batch, static_cast<std::int64_t>(values.size())));
    for (std::size_t i = 0; i < values.size(); ++i) {
      send(point_request(batch, (start + static_cast<std::int64_t>(i)) * second, {{field, values[i]}}));
    }
    send(end_request(batch));
  }

 private:
  static std::vector<std::string> after(const char* verb, std::vector<std::string> more) {
    more.insert(more.begin(), verb);
    return more;
  }
};

/// Values about `mean` that differ from window to window.
inline std::vector<double> wave(int window, std::size_t count, double mean = 20) {
  std::vector<double> values(count);
  for (std::size_t i = 0; i < count; ++i)
    values[i] = mean + std::sin(static_cast<double>(i * 7 + 1) * (window + 1));
  return values;
}

inline Init usual_init() { return Init().field("x").size(200).alpha(0.001); }

inline Batch batch_until(std::int64_t seconds) {
  Batch batch;
  batch.tmax = seconds * second;
  return batch;
}

}  // namespace oddity::test
