// A handler that sends back what it gets, and does as it is told.
#pragma once

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "agent/handler.hpp"
#include "base/error.hpp"

namespace oddity::test {

class Echo : public agent::Handler {
 public:
  udf::InfoResponse info() override { return {}; }
  void init(const udf::InitRequest& request) override {
    if (request.taskid() == "wrong") throw Error({"option 'x'", "y", "z", ""});
    if (request.taskid() == "broken") throw std::runtime_error("broken inside");
  }
  std::string snapshot() override {
    if (snapshot_fails) throw std::runtime_error("no snapshot today");
    return "{42}";
  }
  void restore(std::string_view state) override {
    restored = state;
    if (state == "refuse") throw Error({"state", "another", "this", ""});
  }
  bool begin(wire::Bytes body, wire::Responses& out) override {
    udf::BeginBatch begin;
    if (!begin.ParseFromArray(body.data(), static_cast<int>(body.size()))) return false;
    out.begin(begin);
    return true;
  }
  bool point(wire::Bytes body, wire::Responses& out) override {
    udf::Point point;
    if (!point.ParseFromArray(body.data(), static_cast<int>(body.size()))) return false;
    if (point.name() == "throw") throw std::runtime_error("a point too much");
    if (point.name() == "sleep") std::this_thread::sleep_for(std::chrono::nanoseconds(point.time()));
    if (point.name() != "quiet") out.point(point);
    ++points;
    return true;
  }
  bool end(wire::Bytes body, wire::Responses& out) override {
    udf::EndBatch end;
    if (!end.ParseFromArray(body.data(), static_cast<int>(body.size()))) return false;
    out.end(end);
    return true;
  }
  agent::Limits limits(const agent::Limits& usual) const override {
    agent::Limits adopted = usual;
    if (call_limit.count() != 0) adopted.call = call_limit;
    return adopted;
  }
  Activity activity() const override { return {"detector 'echo'", "task 't', node 'n', group 'g'"}; }

  std::string restored;
  bool snapshot_fails = false;
  std::chrono::milliseconds call_limit{0};  ///< brought by an init, when not 0
  std::atomic<int> points{0};
};

}  // namespace oddity::test
