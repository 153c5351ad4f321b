#include "detectors/detectors.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <vector>

#include "measured/measured.hpp"
#include "measured/spread.hpp"
#include "own_detectors.hpp"
#include "streams/streams.hpp"

namespace oddity::bench {
namespace {

/// A way in which points come to the agent.
struct Way {
  std::vector<std::string> arguments;
  std::function<Stream(std::size_t, const std::string&)> make;
  std::size_t points;
};

/// One detector's CPU time a point, ns, and that in units of ttest's of the same run; one each run.
struct Costs {
  std::vector<double> nanoseconds, ratios;
};

double seconds_of(const Way& way, std::size_t points, const std::string& algorithm, const std::string& file,
                  const std::string& program) {
  const Stream stream = way.make(points, algorithm);
  std::ofstream(file, std::ios::binary) << stream.bytes;
  std::vector<std::string> command{program, "agent"};
  command.insert(command.end(), way.arguments.begin(), way.arguments.end());
  return measure(command, stream, file, Feed::file);
}

/// ttest is the first of our detectors.
std::vector<Costs> costs_of(const Way& way, int runs, const std::string& file, const std::string& program) {
  std::vector<Costs> all(std::size(own_detectors));
  for (int run = 0; run <= runs; ++run) {
    double of_ttest = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::string algorithm = own_detectors[i];
      const double seconds = seconds_of(way, way.points, algorithm, file, program) -
                             seconds_of(way, 0, algorithm, file, program);
      const double nanoseconds = 1e9 * seconds / static_cast<double>(way.points);
      if (i == 0) of_ttest = nanoseconds;
      if (run == 0) continue;  // it warms up
      all[i].nanoseconds.push_back(nanoseconds);
      all[i].ratios.push_back(nanoseconds / of_ttest);
    }
  }
  return all;
}

/// What `oddity plugin describe` says of all of them.
nlohmann::json described(const std::string& program) {
  std::string command = "'" + program + "' plugin describe --json";
  for (const char* const name : own_detectors) command += std::string(" ") + name;
  FILE* const pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error(command + " could not be started");
  std::string text;
  std::array<char, 4096> block;
  for (std::size_t got = 0; (got = std::fread(block.data(), 1, block.size(), pipe)) > 0;)
    text.append(block.data(), got);
  if (::pclose(pipe) != 0) throw std::runtime_error(command + " failed");
  return nlohmann::json::parse(text);
}

std::string cells(const Costs& costs) {
  return fmt::format("{:.0f} | {:.1f}", spread_of(costs.nanoseconds).median, spread_of(costs.ratios).median);
}

}  // namespace

void compare_detectors(int runs, const std::string& file, const std::string& program) {
  const std::vector<Costs> single =
      costs_of({{"--edge", "stream"}, &single_points, 60'000}, runs, file, program);
  const std::vector<Costs> windows = costs_of({{}, &windows_of_300, 240'000}, runs, file, program);
  const nlohmann::json pages = described(program);
  fmt::print(
      "\n| detector | single points: ns CPU a point | x ttest | 300 points a batch: ns | x ttest | memory of "
      "a "
      "series, bytes | its saved state, bytes |\n|---|---|---|---|---|---|---|\n");
  for (std::size_t i = 0; i < single.size(); ++i) {
    const nlohmann::json& held = pages.at(i).at("perGroup");
    fmt::print("| `{}` | {} | {} | {} | {} |\n", own_detectors[i], cells(single[i]), cells(windows[i]),
               held.at("memoryBytes").get<std::uint64_t>(), held.at("stateBytes").get<std::uint64_t>());
  }
}

}  // namespace oddity::bench
