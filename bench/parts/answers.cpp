// Back: a result into the bytes of a point.
#include <benchmark/benchmark.h>

#include "wire/point_writer.hpp"

namespace oddity::bench {
namespace {

/// As many fields as a result has.
void point_writer(benchmark::State& state) {
  wire::PointWriter point;
  while (state.KeepRunning()) {
    point.clear();
    point.time(1'451'606'400'000'000'000);
    point.name("temperatures");
    point.group("printer=p1");
    point.tag("printer", "p1");
    for (const char* const name :
         {"t", "pvalue", "calibrated", "score", "observed", "expected", "effect", "lower", "upper"})
      point.number(name, 0.4321);
    point.text("outcome", "judged");
    point.boolean("anomalous", false);
    point.boolean("alarm", false);
    benchmark::DoNotOptimize(point.body().data());
  }
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(point_writer);

}  // namespace
}  // namespace oddity::bench
