// A file of ours, all of it.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

namespace oddity::live {

/// Its bytes, however many: a hundred thousand series leave a state beyond what state::read_file takes from people.
/// std::nullopt: it is not there, or cannot be opened.
inline std::optional<std::string> whole_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace oddity::live
