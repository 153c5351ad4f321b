// A new detector's project, made of the template that came with the program.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace oddity::scaffold {

/// "a_1_b2" as the name of a class: "A1B2".
std::string class_name(std::string_view detector);

/// Throws oddity::Error for what cannot be the name of a new detector: no name of an algorithm, a name that
/// CMake keeps for itself, or one of `taken`.
void require_free_name(std::string_view detector, const std::vector<std::string>& taken);

/// Copies the template `from` (itself a project that builds, of the detector `my_detector`) to `folder`,
/// which must not be there yet or be empty, with the detector's name and class for the template's, in texts
/// and file names. Throws oddity::Error. The files written, sorted, relative to `folder`.
std::vector<std::filesystem::path> copy_template(const std::filesystem::path& from, std::string_view detector,
                                                 const std::filesystem::path& folder);

}  // namespace oddity::scaffold
