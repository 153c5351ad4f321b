// A life of an agent that the tests of saved state play: two groups, an anomaly, overlap between windows.
#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "agent.hpp"
#include "state/envelope.hpp"

namespace oddity::test {

inline constexpr int windows = 24;

/// Two groups, an anomaly, overlap between windows, a field that is missing at times.
inline void send_window(Agent& agent, int index) {
  for (const char* host : {"a", "b"}) {
    const Batch batch{
        "cpu", std::string("host=") + host, {{"host", host}}, false, (index * 15 + 20) * second};
    const bool odd = index == 9 || index == 10;
    agent.send_window(batch, index % 7 == 3 && *host == 'b' ? "other" : "x",
                      wave(index + *host, 20, odd ? 60 : 20), index * 15);
  }
}

/// The options of a detector that this life, of a few minutes, is long enough for.
inline Init init_of(const std::string& detector) {
  Init init = Init().field("x").size(70).alpha(0.001).algorithm(detector);
  return detector == "seasonal" ? init.param("period", "30s") : init;
}

/// What a state holds beside the name of who saved it.
inline std::string content_of(const std::string& state) {
  const auto content = state::open(state).content;
  return {reinterpret_cast<const char*>(content.data()), content.size()};
}

/// The state after what was sent so far.
inline std::string snapshot(Agent& agent, std::vector<std::string>& answers) {
  agent.send(snapshot_request());
  while (auto response = agent.next()) {
    if (response->has_snapshot()) return response->snapshot().snapshot();
    answers.push_back(response->SerializeAsString());
  }
  ADD_FAILURE() << "no snapshot";
  return {};
}

inline void finish(Agent& agent, std::vector<std::string>& answers) {
  agent.close_input();
  for (const udf::Response& response : agent.rest()) answers.push_back(response.SerializeAsString());
}

/// A file of tests/golden/states.
inline std::string golden_state(const std::string& name) {
  std::ifstream file(std::string(ODDITY_TEST_DATA) + "/../golden/states/" + name + ".state",
                     std::ios::binary);
  EXPECT_TRUE(file) << name;
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace oddity::test
