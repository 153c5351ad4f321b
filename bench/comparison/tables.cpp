#include "comparison/tables.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <fstream>
#include <thread>

namespace oddity::bench {
namespace {

std::string head(std::span<const Costs> scenes, std::string_view first) {
  std::string names = fmt::format("| {} |", first), lines = "|---|";
  for (const Costs& costs : scenes) {
    names += fmt::format(" {}, {} |", costs.scene.name, costs.scene.feed == Feed::file ? "file" : "pipe");
    lines += "---|";
  }
  return names + "\n" + lines + "\n";
}

template <class Cell>
std::string row(std::span<const Costs> scenes, std::string_view name, Cell&& cell) {
  std::string text = fmt::format("| {} |", name);
  for (const Costs& costs : scenes) text += fmt::format(" {} |", cell(costs));
  return text + "\n";
}

std::string ratio_row(std::span<const Costs> scenes, std::string_view name, Who who, Who other) {
  return row(scenes, name, [&](const Costs& costs) {
    const auto ratio = costs.ratio(who, other);
    return ratio ? brief(*ratio) : std::string();
  });
}

std::string processor() {
  std::ifstream known("/proc/cpuinfo");
  for (std::string line; std::getline(known, line);) {
    if (line.starts_with("model name") && line.find(": ") != std::string::npos)
      return line.substr(line.find(": ") + 2);
  }
  return "an unknown processor";
}

}  // namespace

std::string costs_table(std::span<const Costs> scenes) {
  std::string text = head(scenes, "ns CPU a point");
  const std::vector<Contender>* most = &scenes.front().contenders;
  for (const Costs& costs : scenes) {
    if (costs.contenders.size() > most->size()) most = &costs.contenders;
  }
  for (const Contender& one : *most) {
    text += row(scenes, one.name, [&](const Costs& costs) {
      const auto spread = costs.of(one.who);
      return spread ? brief(spread->median) : std::string();
    });
  }
  return text;
}

std::string ratios_table(std::span<const Costs> scenes) {
  return head(scenes, "ratios of a round") +
         ratio_row(scenes, "an agent in Python / oddity", Who::python, Who::oddity) +
         ratio_row(scenes, "an agent in Go / oddity", Who::go, Who::oddity) +
         ratio_row(scenes, "oddity / read() with our nap", Who::oddity, Who::read_with_nap) +
         ratio_row(scenes, "oddity / read()", Who::oddity, Who::read);
}

std::string conditions(std::size_t points, int rounds) {
  return fmt::format("{} points, medians of {} rounds with their spread; {} of {}; {}; {:%Y-%m}", points,
                     rounds, std::thread::hardware_concurrency(), processor(),
#if defined(__clang__)
                     "clang " __clang_version__,
#else
                     "g++ " __VERSION__,
#endif
                     fmt::gmtime(std::time(nullptr)));
}

}  // namespace oddity::bench
