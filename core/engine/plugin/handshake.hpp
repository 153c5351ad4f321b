// Compares sizes and versions of a plugin's tables before anything in them is touched, then its description
// with the rules.
#pragma once

#include <string>
#include <string_view>

#include "oddity/abi.h"

namespace oddity::plugin {

/// Empty when `table` can be used; otherwise one sentence that says what was expected and found.
/// `file_name`: the library's name without .so, which the plugin's name has to equal.
std::string check_handshake(const oddity_plugin* table, std::string_view file_name);

/// Whether `name` can be the name of an algorithm: [a-z][a-z0-9_]*.
bool is_algorithm_name(std::string_view name) noexcept;

}  // namespace oddity::plugin
