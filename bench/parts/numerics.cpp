// The statistics alone.
#include <benchmark/benchmark.h>

#include <cmath>
#include <vector>

#include "numerics/tails.hpp"
#include "oddity/moments.hpp"

namespace oddity::bench {
namespace {

void moments_of_a_window(benchmark::State& state) {
  std::vector<double> values(static_cast<std::size_t>(state.range(0)));
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = 50 + std::sin(static_cast<double>(i * i));
  while (state.KeepRunning()) benchmark::DoNotOptimize(moments_of(values));
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * values.size()));
}

/// Degrees of freedom as Welch's t-test has them: no two windows the same.
void student_t_sf(benchmark::State& state) {
  double t = 0, degrees = 20;
  while (state.KeepRunning()) {
    benchmark::DoNotOptimize(tails::host().student_t_sf(t, degrees));
    t = t > 4 ? 0 : t + 0.01;
    degrees = degrees > 400 ? 20 : degrees + 0.37;
  }
}

void student_t_quantile(benchmark::State& state) {
  double degrees = 20;
  while (state.KeepRunning()) {
    benchmark::DoNotOptimize(tails::host().student_t_quantile(0.0005, degrees));
    degrees = degrees > 400 ? 20 : degrees + 0.37;
  }
}

BENCHMARK(moments_of_a_window)->Arg(20)->Arg(300);
BENCHMARK(student_t_sf);
BENCHMARK(student_t_quantile);

}  // namespace
}  // namespace oddity::bench
