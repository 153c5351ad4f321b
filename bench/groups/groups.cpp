#include "groups/groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>

#include "measured/fed_agent.hpp"
#include "standin/standin.hpp"
#include "streams/group_windows.hpp"

namespace oddity::bench {
namespace {

/// Rounds in which a group is new and its vectors grow, then those that count: enough points of few groups.
constexpr std::size_t warming = 4;
constexpr std::size_t least_points = 4'000'000;
constexpr std::size_t history = 3600;

std::size_t measured_rounds(std::size_t groups) {
  return std::max<std::size_t>(2, least_points / GroupWindows::points / groups);
}

/// A group with few samples takes some 3 KB, one with a full history 32; a snapshot once more what it holds, in three
/// places.
std::size_t bytes_needed(std::size_t groups, std::size_t samples) {
  return groups * (3'000 + 8 * samples * 5);
}

std::size_t bytes_available() {
  std::ifstream memory("/proc/meminfo");
  for (std::string name, unit; memory >> name;) {
    std::size_t kilobytes = 0;
    memory >> kilobytes;
    std::getline(memory, unit);
    if (name == "MemAvailable:") return kilobytes * 1024;
  }
  return 0;
}

/// A step through 0, 1, ... groups - 1 that meets each once and goes far: it has no divisor in common with them.
std::size_t stride(std::size_t groups) {
  std::size_t step = groups * 618 / 1000 | 1;
  const auto divides = [&](std::size_t a, std::size_t b) {
    while (b != 0) a = std::exchange(b, a % b);
    return a != 1;
  };
  while (groups > 1 && divides(step, groups)) step += 2;
  return std::max<std::size_t>(step, 1);
}

udf::Request init_for(std::size_t groups) {
  test::Init init;
  init.field("value").size(history).alpha(0.001);
  udf::OptionValue& most = init.option("maxGroups");
  most.set_type(udf::INT);
  most.set_intvalue(static_cast<std::int64_t>(groups));
  return init;
}

/// As much as a frame can hold goes into a snapshot, and not the 32 MB that Kapacitor bears well.
std::string deployment(const Workspace& workspace) {
  const std::string file = workspace.file("oddity.yaml");
  std::ofstream(file) << "state:\n  maxSnapshot: 1000MB\n";
  return file;
}

/// A window of each group.
void write_round(FedAgent& agent, std::size_t round, std::size_t groups) {
  constexpr std::size_t portion = std::size_t{1} << 18;
  GroupWindows windows(round);
  const std::size_t step = round == 0 ? 1 : stride(groups);
  std::string stream;
  for (std::size_t i = 0, group = 0; i < groups; ++i, group = (group + step) % groups) {
    windows.append(stream, group);
    if (stream.size() < portion) continue;
    agent.write(stream);
    stream.clear();
  }
  agent.write(stream);
}

void measure_snapshot(FedAgent& agent, std::size_t answers, GroupCost& cost) {
  using Clock = std::chrono::steady_clock;
  const double before = agent.cpu_seconds();
  const auto begin = Clock::now();
  agent.write(test::frame(test::snapshot_request()));
  agent.wait_for(answers + 1);
  cost.snapshot_wall = std::chrono::duration<double>(Clock::now() - begin).count();
  cost.snapshot_cpu = agent.cpu_seconds() - before;
  cost.snapshot_bytes = agent.largest_answer();
}

}  // namespace

GroupCost cost_of_groups(std::size_t groups, const std::string& program, const Workspace& workspace) {
  const std::size_t rounds = measured_rounds(groups);
  GroupCost cost;
  cost.groups = groups;
  cost.samples = std::min(history, (warming + rounds) * GroupWindows::points);
  cost.points = groups * rounds * GroupWindows::points;
  const std::size_t needed = bytes_needed(groups, cost.samples), available = bytes_available();
  if (needed > available) {
    cost.left_out = fmt::format("needs some {} GB, {} are free", needed >> 30, available >> 30);
    return cost;
  }
  FedAgent agent({program, "agent", "--config", deployment(workspace)}, workspace.file("log"));
  agent.write(test::frame(init_for(groups)));
  for (std::size_t round = 0; round < warming; ++round) write_round(agent, round, groups);
  // One answer to init; a group's first window has none.
  std::size_t answers = 1 + groups * (warming - 1);
  agent.wait_for(answers);
  const double before = agent.cpu_seconds();
  for (std::size_t round = warming; round < warming + rounds; ++round) write_round(agent, round, groups);
  answers += groups * rounds;
  agent.wait_for(answers);
  cost.nanoseconds = 1e9 * (agent.cpu_seconds() - before) / static_cast<double>(cost.points);
  cost.resident = agent.resident_bytes();
  measure_snapshot(agent, answers, cost);
  cost.peak = agent.peak_bytes();
  return cost;
}

}  // namespace oddity::bench
