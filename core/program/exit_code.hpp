// How every program here ends: each mistake of the user's is one sentence on stderr.
#pragma once

#include <CLI/CLI.hpp>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace oddity::program {

/// Called before an error is printed on stderr; returns the exit code where it was reported elsewhere.
using TellElsewhere = std::function<std::optional<int>(const std::exception& wrong)>;

/// Reads the command line, then calls `run`, whose result is the exit code. 2: the command line or something
/// that it names is wrong (oddity::Error); 1: anything else went wrong.
int exit_code_of(CLI::App& app, const std::vector<std::string>& arguments, const std::function<int()>& run,
                 const TellElsewhere& tell_elsewhere = {});

}  // namespace oddity::program
