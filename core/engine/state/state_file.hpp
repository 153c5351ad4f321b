// A saved state in a file that a person named.
#pragma once

#include <string>

namespace oddity::state {

/// The bytes of a file, unlooked at. `what`: the subject of an error, "option '--load-state', 'day.state'".
/// Throws oddity::Error where the file is not there, is a folder, cannot be read, or is no state by its size
/// alone.
std::string read_file(const std::string& what, const std::string& path);

}  // namespace oddity::state
