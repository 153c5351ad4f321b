// The command line of `oddity replay`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine_options.hpp"
#include "replay/replay.hpp"
#include "window/time_windows.hpp"

namespace oddity::program {

/// 1. ReplayOptions given;
/// 2. given.add_to(verb);
/// 3. after parsing: given.windows(), given.reading(), which throw oddity::Error for what cannot be meant.
struct ReplayOptions {
  EngineOptions engine;
  std::vector<std::string> files;
  std::string measurement;
  std::string period = "5m";
  std::string every;
  bool align = false;
  bool tail = false;
  bool each = false;
  std::vector<std::string> group_by;
  std::string format;
  std::string precision = "ns";
  std::string timezone;
  std::string time_format;
  std::vector<std::string> time_columns;  ///< one, or those of the date and of the time of day
  std::vector<std::string> tag_columns;
  std::string output;
  std::string picture;
  std::string report;
  std::string load_state;
  std::string save_state;
  std::string memory = "512MiB";
  std::size_t threads = 0;  ///< 0: one a core
  bool only_anomalies = false;

  void add_to(CLI::App& verb);
  replay::Reading reading() const;
  std::size_t thread_count() const;
  /// None: each row is judged by itself.
  std::optional<window::WindowSpec> windows() const;

 private:
  std::vector<const CLI::Option*> of_windows_;  ///< options that mean nothing beside --each
};

}  // namespace oddity::program
