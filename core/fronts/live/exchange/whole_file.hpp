// A file of ours, all of it.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <system_error>

#include "base/error.hpp"

namespace oddity::live {

/// Its bytes, however many: a hundred thousand series leave a state beyond what state::read_file takes from people.
/// std::nullopt: it is not there, or cannot be opened. Throws oddity::Error where a folder has its name.
inline std::optional<std::string> whole_file(const std::filesystem::path& file) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored))
    throw Error({"file '" + file.string() + "'", "a file that oddity live wrote", "a folder of that name",
                 "move it elsewhere, or choose another folder by --state"});
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace oddity::live
