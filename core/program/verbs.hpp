// The verbs of the program; each adds its own command line and runs when it was chosen.
#pragma once

#include <CLI/CLI.hpp>

namespace oddity::program {

/// Each adds a subcommand whose callback sets `exit_code`. The user's mistakes are thrown as oddity::Error.
void add_agent_verb(CLI::App& app, int& exit_code);
void add_replay_verb(CLI::App& app, int& exit_code);
void add_evaluate_verb(CLI::App& app, int& exit_code);
/// Never returns where it was chosen.
void add_live_verb(CLI::App& app);
void add_demo_verb(CLI::App& app, int& exit_code);
void add_plugin_verb(CLI::App& app, int& exit_code);
void add_config_verb(CLI::App& app, int& exit_code);
void add_snapshot_verb(CLI::App& app, int& exit_code);
void add_probe_verb(CLI::App& app, int& exit_code);

}  // namespace oddity::program
