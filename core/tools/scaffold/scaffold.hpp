// A new detector's project, made from the template that came with the program.
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

/// Copies the template `from` (a project of the detector `my_detector` that builds as it is) to `folder`,
/// which must not exist or be empty, and replaces the template's name and class by the detector's, in texts
/// and file names. Throws oddity::Error. Returns the files written, sorted, relative to `folder`.
std::vector<std::filesystem::path> copy_template(const std::filesystem::path& from, std::string_view detector,
                                                 const std::filesystem::path& folder);

}  // namespace oddity::scaffold
