// What the whole-program tests of the stream edge share.
#pragma once

#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "agent.hpp"

namespace oddity::test {

inline const std::vector<std::string> on_stream{"--edge", "stream"};

/// Never the same, about twenty.
inline double usual_value(std::int64_t time) { return 20 + std::sin(static_cast<double>(time * 7 + 1)); }

inline udf::Request stream_point(std::int64_t seconds, double x, const std::string& host = "a") {
  udf::Request request = point_request({"cpu", "host=" + host, {{"rack", "r"}, {"host", host}}, false, 0},
                                       seconds * second, {{"x", x}});
  udf::Point& point = *request.mutable_point();
  point.set_name("cpu");
  point.set_database("db");
  point.set_retentionpolicy("rp");
  point.add_dimensions("host");
  return request;
}

inline Init point_init() { return usual_init().algorithm("zscore"); }
inline Init window_init(const char* extent) { return point_init().text("window", extent); }
inline Init passing_init() {
  Init init = point_init();
  udf::OptionValue& value = init.option("passThrough");
  value.set_type(udf::BOOL);
  value.set_boolvalue(true);
  return init;
}

/// What an agent says of these points until its end, and its log.
struct Heard {
  std::vector<udf::Point> points;
  std::string log;
};

inline Heard heard(const udf::Request& init, const std::vector<udf::Request>& points,
                   const std::vector<std::string>& arguments = on_stream) {
  Agent agent(init, StandIn::Output::read, arguments);
  for (const udf::Request& point : points) agent.send(point);
  agent.close_input();
  Heard all;
  for (const udf::Response& response : agent.rest()) all.points.push_back(response.point());
  EXPECT_EQ(agent.exit_code(), 0);
  all.log = agent.log();
  return all;
}

inline std::vector<udf::Request> usual_points(std::int64_t from, std::int64_t until) {
  std::vector<udf::Request> points;
  for (std::int64_t time = from; time < until; ++time)
    points.push_back(stream_point(time, usual_value(time)));
  return points;
}

inline std::optional<bool> flag_of(const udf::Point& point, const std::string& name) {
  for (const auto& field : point.fieldsbool())
    if (field.key() == name) return field.value();
  return std::nullopt;
}

/// The sentence with which Init is refused.
inline std::string refused(const udf::Request& init, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "agent");
  StandIn agent(ODDITY_PROGRAM, arguments);
  agent.send(init);
  const auto answer = agent.next();
  EXPECT_TRUE(answer && answer->has_init() && !answer->init().success());
  return answer ? answer->init().error() : "";
}

}  // namespace oddity::test
