// Line protocol into rows.
#include <benchmark/benchmark.h>

#include <string>

#include "line_protocol/line_protocol.hpp"

namespace oddity::bench {
namespace {

constexpr std::string_view line =
    "temperatures,printer=p1,room=cellar hotend=219.83,bed=89.714,air=70.02 1451606400000000000";

void parse(benchmark::State& state, formats::LineParser& parser) {
  formats::Row row;
  std::string diagnostic;
  while (state.KeepRunning()) {
    if (parser.parse(line, row, diagnostic) != formats::Parsed::row) state.SkipWithError(diagnostic.c_str());
    benchmark::DoNotOptimize(row.values.data());
  }
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * line.size()));
}

void a_field_of_a_line(benchmark::State& state) {
  formats::LineParser parser({"hotend"}, formats::Precision::ns);
  parse(state, parser);
}

void every_number_of_a_line(benchmark::State& state) {
  formats::LineParser parser(formats::LineParser::EveryNumber{}, formats::Precision::ns);
  parse(state, parser);
}

BENCHMARK(a_field_of_a_line);
BENCHMARK(every_number_of_a_line);

}  // namespace
}  // namespace oddity::bench
