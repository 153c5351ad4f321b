// How every program of ours ends: what a person got wrong is said in one sentence each.
#pragma once

#include <CLI/CLI.hpp>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace oddity::program {

/// Asked before what is wrong is told on stderr: an exit code where it was told elsewhere.
using TellElsewhere = std::function<std::optional<int>(const std::exception& wrong)>;

/// Reads the command line, then calls `run`, whose result is the exit code. 2: the command line or something
/// that it names is wrong (oddity::Error); 1: anything else went wrong.
int exit_code_of(CLI::App& app, const std::vector<std::string>& arguments, const std::function<int()>& run,
                 const TellElsewhere& tell_elsewhere = {});

}  // namespace oddity::program
