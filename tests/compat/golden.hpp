// Golden states: what a released version wrote, and what it then judged. Kept and read for ever.
//
// A file is text: the plugin's name, version and state version, the size, the state in hexadecimal, and a
// line for each of six windows judged after the restore. tests/golden/snapshots/<plugin>/<version>/<case>.txt
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "compat/life.hpp"

namespace oddity::compat {

/// How much was learned before the state was saved.
struct Case {
  const char* name;
  int windows;
};
inline constexpr Case cases[] = {{"empty", 0}, {"begun", 3}, {"full", 16}, {"wrapped", 29}};
inline constexpr std::int64_t golden_size = 400;

struct Golden {
  std::string plugin, version;
  std::uint32_t state_version = 0;
  std::int64_t size = 0;
  int windows = 0;
  std::string state;
  std::vector<std::string> lines;
};

/// Judges six windows, learning, from where `windows` have been read.
inline std::vector<std::string> judged_after(Instance& instance, int windows) {
  Readings readings;
  readings.skip(windows, rows_each);
  instance.go_on_after(windows * std::int64_t{rows_each});
  std::vector<std::string> lines;
  for (int turn = 0; turn < 6; ++turn) {
    const std::vector<double> window = readings.window(rows_each);
    lines.push_back(instance.judge(window));
    instance.learn(window, turn % 3 != 1);
  }
  return lines;
}

inline Golden make_golden(const std::shared_ptr<const plugin::Library>& library, const Case& given) {
  Golden golden{library->description().name,
                library->description().version,
                library->description().state_version,
                golden_size,
                given.windows,
                {},
                {}};
  Instance instance(library, golden_size);
  Readings readings;
  for (int turn = 0; turn < given.windows; ++turn) instance.learn(readings.window(rows_each));
  golden.state = instance.snapshot();
  golden.lines = judged_after(instance, given.windows);
  return golden;
}

inline void write(const Golden& golden, std::ostream& out) {
  out << golden.plugin << ' ' << golden.version << "\nstate version " << golden.state_version << ", size "
      << golden.size << ", after " << golden.windows << " windows\n"
      << hexadecimal(golden.state) << '\n';
  for (const std::string& line : golden.lines) out << line << '\n';
}

inline Golden read_golden(const std::filesystem::path& file) {
  std::ifstream in(file);
  Golden golden;
  std::string word, hex;
  char comma = 0;
  in >> golden.plugin >> golden.version >> word >> word >> golden.state_version >> comma >> word >>
      golden.size >> comma >> word >> golden.windows >> word >> std::ws;
  std::getline(in, hex);
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    golden.state += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  for (std::string line; std::getline(in, line);) golden.lines.push_back(line);
  if (golden.lines.size() != 6) throw std::runtime_error(file.string() + ": no golden file");
  return golden;
}

}  // namespace oddity::compat
