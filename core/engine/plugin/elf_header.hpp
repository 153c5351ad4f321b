// What a file's ELF header says, read as bytes: a damaged library ends whoever loads it, so nothing is
// loaded.
#pragma once

#include <filesystem>
#include <optional>

#include "base/error.hpp"

namespace oddity::plugin {

/// Empty: `file` is a whole shared library for this machine. Otherwise: it cannot be read, is no ELF file, an
/// executable or object file, for another machine, or cut short.
std::optional<Complaint> misfit(const std::filesystem::path& file);

}  // namespace oddity::plugin
