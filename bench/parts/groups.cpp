// A group found among many, each used in turn, in an order that is not that in which they came.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "detect/group_table.hpp"

namespace oddity::bench {
namespace {

/// As long as keys of groups are in life.
std::string key_of(std::size_t number) {
  std::string digits = std::to_string(number);
  return "host=server" + std::string(8 - digits.size(), '0') + digits;
}

void use_a_group(benchmark::State& state) {
  const auto groups = static_cast<std::size_t>(state.range(0));
  detect::GroupTable table;
  for (std::size_t i = 0; i < groups; ++i) {
    detect::Group group;
    group.series.resize(1);
    group.last_end = 0;
    table.add(key_of(i), std::move(group));
  }
  std::vector<std::string> keys;
  for (std::size_t i = 0, at = 0; i < groups; ++i, at = (at + 618'033) % groups) keys.push_back(key_of(at));
  std::size_t turn = 0;
  while (state.KeepRunning()) {
    benchmark::DoNotOptimize(table.use(keys[turn])->last_end++);
    if (++turn == groups) turn = 0;
  }
}

BENCHMARK(use_a_group)->Arg(1)->Arg(1'000)->Arg(100'000)->Arg(1'000'000);

}  // namespace
}  // namespace oddity::bench
