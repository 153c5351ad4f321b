// How every program of ours ends: what a person got wrong is said in one sentence each.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

namespace oddity::program {

/// Reads the command line, then calls `run`, whose result is the exit code. 2: the command line or something
/// that it names is wrong (oddity::Error); 1: anything else went wrong.
int exit_code_of(CLI::App& app, int argument_count, char** arguments, const std::function<int()>& run);

}  // namespace oddity::program
