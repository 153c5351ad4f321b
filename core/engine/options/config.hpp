// A YAML deployment, read and checked. config/oddity.yaml documents every key.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "options/setting.hpp"

namespace oddity::config {

/// What to do with a saved state that cannot be used.
enum class OnMismatch { fresh, refuse };

/// Limits of a session; what is not given keeps its default. Times in nanoseconds, more than 0.
struct Limits {
  std::optional<std::int64_t> call;          ///< of one call of a detector
  std::optional<std::int64_t> heartbeat;     ///< between signs of life while a call runs
  std::optional<std::int64_t> output_stall;  ///< output of which nothing is taken
  std::optional<std::int64_t> end_stall;     ///< the same after the end of input
  std::optional<std::int64_t> end_call;      ///< what a running call gets after the end of input
  std::optional<std::int64_t> inbox;         ///< bytes of requests that wait
};

/// Where state is kept beyond Kapacitor's own snapshots, and how much of it.
struct State {
  OnMismatch on_mismatch = OnMismatch::fresh;
  std::optional<std::filesystem::path> dir;  ///< absolute; "off" is empty. Not given: the user's state folder
  std::string dir_origin;                    ///< file and line of a folder that is given
  std::int64_t keep = std::int64_t{7 * 86'400} * 1'000'000'000;  ///< ns that a file of saved state is kept
  std::int64_t max_kept = 2'000'000'000;   ///< bytes of such files in all; beyond that the oldest go
  std::int64_t max_snapshot = 32'000'000;  ///< bytes; what is beyond loses its least recently used groups
};

struct Config {
  /// Searched in order, before the program's own; absolute.
  std::vector<std::filesystem::path> plugin_folders;
  /// `defaults` and `algorithms` are filled; `given` and `params` are empty.
  options::Settings settings;
  Limits limits;
  State state;
};

/// Reads a file. Relative folders are taken from the file's own folder. Throws one oddity::Error with
/// *all* mistakes, each with file and line and, for an unknown key, the nearest right word. Values of options
/// stay text: options::resolve checks them, with the file and line as their origin.
Config read(const std::filesystem::path& file);
/// Appends the mistakes to `diagnostics` instead; what could be read is returned.
Config read(const std::filesystem::path& file, std::vector<Diagnostic>& diagnostics);
/// The same of a text that is in memory; `file` is where it stands or would stand.
Config read_text(const std::string& text, const std::filesystem::path& file);
Config read_text(const std::string& text, const std::filesystem::path& file,
                 std::vector<Diagnostic>& diagnostics);

}  // namespace oddity::config
