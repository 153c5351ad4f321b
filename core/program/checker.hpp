// Runs the program that checks detectors by the laws.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace oddity::program {

/// Runs it on `file` with its usual options. Returns the ids of the checks that failed or crashed; empty: the
/// detector keeps the laws. Throws oddity::Error when the checker itself cannot do its work.
std::vector<std::string> broken_laws(const std::filesystem::path& file);

}  // namespace oddity::program
