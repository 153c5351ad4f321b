// What a point costs: the agent beside a process that only read()s the same bytes, in one interleaved run; then
// every detector beside ttest. `oddity_bench [detectors] [RUNS]`: the latter alone; of how many runs.
//
// Absolute figures move with the machine; the ratios of one run are what to compare. The writer of the pipe
// shares the processors with the reader and is not counted.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "detectors.hpp"
#include "measured.hpp"
#include "streams/streams.hpp"

namespace {

using oddity::bench::Feed;
using oddity::bench::median;
using oddity::bench::Stream;

/// `oddity_bench --read`: read() in blocks of 64 KiB and throw away; `--read-nap`: with the agent's pause
/// after a short read.
int read_only(bool nap) {
  static std::array<char, 64 * 1024> block;
  while (true) {
    const ssize_t got = ::read(STDIN_FILENO, block.data(), block.size());
    if (got <= 0) return 0;
    if (nap && static_cast<std::size_t>(got) < block.size() / 2) ::usleep(1000);
  }
}

struct Contender {
  std::string name;
  std::vector<std::string> command;
  std::vector<double> nanoseconds{};
};

void compare(const Stream& stream, const std::string& file, Feed feed, int runs, const std::string& self,
             const std::string& program) {
  std::vector<Contender> all{{"read(), bytes thrown away", {self, "--read"}},
                             {"oddity agent, ttest", {program, "agent"}}};
  if (feed == Feed::pipe)
    all.insert(all.begin() + 1, Contender{"read() with the agent's nap", {self, "--read-nap"}});
  for (int run = 0; run <= runs; ++run) {
    for (Contender& one : all) {
      const double seconds = oddity::bench::measure(one.command, stream, file, feed);
      if (run > 0)
        one.nanoseconds.push_back(1e9 * seconds / static_cast<double>(stream.points));  // the first warms up
    }
  }
  fmt::print("\n{} ({}), {} points, {:.0f} MB, from a {}:\n", stream.name, stream.about, stream.points,
             static_cast<double>(stream.bytes.size()) / 1e6,
             feed == Feed::file ? "file" : "pipe written as kapacitord writes");
  const double base = median(all.front().nanoseconds);
  for (const Contender& one : all) {
    const auto [min, max] = std::minmax_element(one.nanoseconds.begin(), one.nanoseconds.end());
    fmt::print("  {:<30} {:8.1f} ns CPU a point [{:.1f} .. {:.1f}]   {:5.2f} x read()\n", one.name,
               median(one.nanoseconds), *min, *max, median(one.nanoseconds) / base);
  }
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count > 1 && std::strcmp(arguments[1], "--read") == 0) return read_only(false);
  if (argument_count > 1 && std::strcmp(arguments[1], "--read-nap") == 0) return read_only(true);
  const bool detectors_only = argument_count > 1 && std::strcmp(arguments[1], "detectors") == 0;
  const int at = detectors_only ? 2 : 1;
  const int runs = argument_count > at ? std::max(1, std::atoi(arguments[at])) : 5;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe");
  const std::string program = ODDITY_PROGRAM;
  const std::string file =
      (std::filesystem::temp_directory_path() / fmt::format("oddity-bench-{}", ::getpid())).string();
  if (detectors_only) {
    oddity::bench::compare_detectors(runs, file, program);
    std::filesystem::remove(file);
    return 0;
  }
  for (const auto make : {&oddity::bench::batches_of_300, &oddity::bench::a_thousand_groups}) {
    const Stream stream = make(3'000'000);
    std::ofstream(file, std::ios::binary) << stream.bytes;
    compare(stream, file, Feed::file, runs, self.string(), program);
    compare(stream, file, Feed::pipe, runs, self.string(), program);
  }
  oddity::bench::compare_detectors(runs, file, program);
  std::filesystem::remove(file);
  return 0;
}
