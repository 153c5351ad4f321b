// How true alpha is: measures what docs/calibration.md says, and writes its tables.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "base/in_parallel.hpp"
#include "calibration/tables.hpp"
#include "page/page.hpp"

namespace {

using namespace oddity::calibration;

struct Command {
  double factor = 1;
  std::filesystem::path page;
  std::filesystem::path power_data;
  std::vector<std::string> sections;
};

/// `measure_one` of each, on all processors.
template <class Measured, class Measure>
void each(std::vector<Measured>& all, const Measure& measure_one) {
  oddity::in_parallel(all.size(), std::thread::hardware_concurrency(),
                      [&](std::size_t i) { measure_one(all[i]); });
}

std::string rates(std::vector<Rate> all) {
  each(all, [](Rate& rate) { measure(rate); });
  return all.front().series > 1 || all.front().unscored == 0 ? young_table(all) : rate_tables(all);
}

std::string promise(std::vector<Promise> all, const Command& command) {
  each(all, [&](Promise& one) { measure(one, command.factor); });
  return promise_table(all);
}

std::string power(const Command& command) {
  std::vector<Power> all = powers(command.factor);
  each(all, [](Power& one) { measure(one); });
  if (!command.power_data.empty()) {
    std::ofstream out(command.power_data);
    write_data(all, out);
  }
  return power_table(all);
}

std::string tables_of(const std::string& section, const Command& command) {
  if (section == "young") return rates(young_series(command.factor));
  if (section == "promise") return promise(promises(command.factor), command);
  if (section == "rows") return promise(promises_of_rows(command.factor), command);
  if (section == "power") return power(command);
  return rates(long_series(command.factor));
}

void run(const Command& command) {
  for (const std::string& section : command.sections) {
    const auto begin = std::chrono::steady_clock::now();
    const std::string tables = tables_of(section, command);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    fmt::print(stderr, "calibration: {}, {:.0f} s\n", section, seconds.count());
    if (command.page.empty()) {
      fmt::print("{}\n", tables);
    } else {
      oddity::bench::rewrite(command.page, section, tables);
    }
  }
}

}  // namespace

int main(int argument_count, char** arguments) {
  const std::vector<std::string> known{"power", "young", "promise", "rows", "rates"};
  Command command;
  CLI::App app("Measures how true alpha is.");
  app.add_option("--windows", command.factor, "Times as many windows; below 1: fewer.")
      ->check(CLI::Range(1e-6, 1e6));
  app.add_option("--page", command.page, "Rewrite the tables of this page, instead of printing them.");
  app.add_option("--power-data", command.power_data,
                 "Write the rows behind the section 'power' to this file, as CSV.");
  app.add_option("section", command.sections, "power, young, promise, rows, rates; all by default.")
      ->check(CLI::IsMember(known));
  CLI11_PARSE(app, argument_count, arguments);
  if (command.sections.empty()) command.sections = known;
  try {
    run(command);
  } catch (const std::exception& wrong) {
    fmt::print(stderr, "{}\n", wrong.what());
    return 1;
  }
  return 0;
}
