// The command line of `oddity live`.
#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "engine_options.hpp"
#include "judge/judge.hpp"
#include "keeper/keeper.hpp"

namespace oddity::program {

/// 1. LiveOptions given; given.add_to(app);
/// 2. after parsing: given.judging(), given.keeping(), given.engine_settings(). Each throws oddity::Error for a value that
///    cannot be.
struct LiveOptions {
  EngineOptions engine;
  std::vector<std::string> fields;
  std::vector<std::string> group_by;
  std::vector<std::string> results;
  std::string period;
  std::string lateness = "0s";
  std::string precision = "ns";
  std::string name;
  bool only_alarms = false;
  bool pass_through = false;
  std::string state;
  std::string save_every = "30s";
  std::string most_waiting = "64M";
  std::string patience = "30s";
  std::string listen;
  std::string token_file;
  std::string to;
  std::string to_database = "oddity";
  std::string to_token_file;
  std::string queue = "1G";
  bool worker = false;  ///< this process is the one that judges

  void add_to(CLI::App& app);

  live::JudgeSettings judging() const;
  live::KeeperSettings keeping() const;
  /// The options of the engine, with the defaults of this program.
  options::Settings engine_settings() const;

 private:
  void add_input_options(CLI::App& app);
  void add_output_options(CLI::App& app);
  void add_keeping_options(CLI::App& app);
  void add_http_options(CLI::App& app);
};

/// The first line of a file that holds a token; "" where no file is named. Throws oddity::Error naming the flag.
std::string token_option(const std::string& flag, const std::string& file);

/// "64M", "512K", "1G" or a number of bytes; throws oddity::Error naming the flag.
std::size_t bytes_option(const std::string& flag, const std::string& text);

}  // namespace oddity::program
