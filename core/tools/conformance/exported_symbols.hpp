// Which names a shared library shows to the dynamic linker, read from the file.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace oddity::conformance {

/// Sorted. std::nullopt: the file has no table of dynamic symbols that could be read (its section headers are
/// stripped), or is not a shared library.
std::optional<std::vector<std::string>> exported_symbols(const std::filesystem::path& file);

}  // namespace oddity::conformance
