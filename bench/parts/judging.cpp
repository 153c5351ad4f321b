// A whole window: looked up, evaluated, calibrated, decided upon, learned.
#include <benchmark/benchmark.h>

#include <cmath>
#include <vector>

#include "oddity/engine/engine.hpp"

namespace oddity::bench {
namespace {

/// ttest with a full history of 3600; windows of `range(0)` values that go about a level.
void judge_a_window(benchmark::State& state) {
  const auto rows = static_cast<std::size_t>(state.range(0));
  Engine engine({{{"field", "x"}, {"size", "3600"}, {"alpha", "0.001"}, {"algorithm", "ttest"}}, {}, {}},
                {{}, {}, {ODDITY_PLUGINS}});
  std::vector<double> values(rows * 64);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = 50 + std::sin(static_cast<double>(i * i));
  std::vector<std::int64_t> times(rows);
  std::int64_t end = 0;
  const auto judge = [&](std::size_t turn) -> const Judgement& {
    for (std::int64_t& time : times) time = end++;
    const std::span<const double> column = std::span(values).subspan(turn % 64 * rows, rows);
    return engine.judge("g", end, times, {{column}});
  };
  std::size_t turn = 0;
  while (static_cast<std::size_t>(end) < 2 * 3600) judge(turn++);
  while (state.KeepRunning()) benchmark::DoNotOptimize(judge(turn++).p);
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * rows));
}

BENCHMARK(judge_a_window)->Arg(20)->Arg(300);

}  // namespace
}  // namespace oddity::bench
