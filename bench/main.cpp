// What a point costs: the agent beside others on the same bytes, every detector beside ttest, few groups beside many.
//
// Absolute figures move with the machine; the ratios of a round are what to compare. The writer of the pipe shares the
// processors with the reader and is not counted.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>

#include "comparison/bars.hpp"
#include "comparison/comparison.hpp"
#include "comparison/reader.hpp"
#include "comparison/tables.hpp"
#include "detectors/detectors.hpp"
#include "groups/groups.hpp"
#include "groups/table.hpp"
#include "measured/workspace.hpp"
#include "page/page.hpp"

namespace oddity::bench {
namespace {

struct Given {
  std::size_t points = 2'000'000;
  int rounds = 5;
  std::string page, picture;
  std::vector<std::size_t> groups{1, 1'000, 10'000, 100'000, 1'000'000};
  bool alone = false;
  bool nap = false;
};

/// On stdout, and into the page where one is given.
void publish(const Given& given, std::string_view section, const std::string& text) {
  fmt::print("\n{}", text);
  std::fflush(stdout);
  if (!given.page.empty()) rewrite(given.page, section, text);
}

/// What goes through a pipe, as in life. A nanosecond is the least that is drawn.
std::string picture_of(std::span<const Costs> scenes) {
  std::vector<BarGroup> groups;
  for (const Costs& costs : scenes) {
    if (costs.scene.feed != Feed::pipe) continue;
    BarGroup& group = groups.emplace_back(BarGroup{costs.scene.name, {}});
    for (const Contender& one : costs.contenders)
      group.bars.push_back({one.name, std::max(1.0, costs.of(one.who)->median), one.who == Who::oddity});
  }
  return draw_bars("What a point costs",
                   "ns of CPU a point, through a pipe that is written as Kapacitor writes it", groups);
}

void compare_agents(const Given& given) {
  const Workspace workspace;
  const std::vector<Contender> contenders = contenders_at_hand(
      ODDITY_PROGRAM, std::filesystem::read_symlink("/proc/self/exe").string(), !given.alone);
  std::vector<Costs> scenes;
  for (const Scene& scene : all_scenes()) {
    scenes.push_back(compare(scene, contenders, given.points, given.rounds, workspace.file("stream")));
    fmt::print(stderr, "measured: {}, {}\n", scene.name, scene.feed == Feed::file ? "file" : "pipe");
  }
  publish(
      given, "agents",
      conditions(given.points, given.rounds) + ":\n\n" + costs_table(scenes) + "\n" + ratios_table(scenes));
  if (!given.picture.empty()) std::ofstream(given.picture) << picture_of(scenes);
}

void compare_groups(const Given& given) {
  const Workspace workspace;
  std::vector<GroupCost> costs;
  for (const std::size_t groups : given.groups) {
    costs.push_back(cost_of_groups(groups, ODDITY_PROGRAM, workspace));
    fmt::print(stderr, "measured: {} groups\n", groups);
  }
  publish(given, "groups", groups_table(costs));
}

void run(int argument_count, char** arguments) {
  CLI::App app("What a point costs", "oddity_bench");
  app.require_subcommand(1);
  Given given;
  CLI::App* agents = app.add_subcommand("agents", "Beside read() and agents in Python and Go");
  CLI::App* groups = app.add_subcommand("groups", "From one group to a million");
  CLI::App* detectors = app.add_subcommand("detectors", "Every detector beside ttest");
  CLI::App* read = app.add_subcommand("read", "Read stdin and throw it away")->group("");
  agents->add_option("--points", given.points, "Of each stream; slow agents get a fifth")
      ->check(CLI::Range(100'000, 100'000'000));
  agents->add_option("--rounds", given.rounds)->check(CLI::Range(1, 1000));
  agents->add_flag("--alone", given.alone, "Beside read() only");
  agents->add_option("--picture", given.picture, "SVG that is written anew");
  for (CLI::App* one : {agents, groups})
    one->add_option("--page", given.page, "Page whose tables are written anew");
  groups->add_option("--groups", given.groups, "How many")->delimiter(',');
  detectors->add_option("runs", given.rounds)->check(CLI::Range(1, 1000));
  read->add_flag("--nap", given.nap, "Pause after a read that found little");
  agents->callback([&] { compare_agents(given); });
  groups->callback([&] { compare_groups(given); });
  detectors->callback([&] {
    const Workspace workspace;
    compare_detectors(given.rounds, workspace.file("stream"), ODDITY_PROGRAM);
  });
  read->callback([&] { read_all_of_stdin(given.nap); });
  try {
    app.parse(argument_count, arguments);
  } catch (const CLI::ParseError& wrong) {
    std::exit(app.exit(wrong));
  }
}

}  // namespace
}  // namespace oddity::bench

int main(int argument_count, char** arguments) {
  try {
    oddity::bench::run(argument_count, arguments);
    return 0;
  } catch (const std::exception& wrong) {
    std::fprintf(stderr, "oddity_bench: %s\n", wrong.what());
    return 1;
  }
}
