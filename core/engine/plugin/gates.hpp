// The gates that a plugin's file passes before this process loads it.
#pragma once

#include <filesystem>
#include <string>

#include "plugin/probe.hpp"

namespace oddity::plugin {

/// Whether the file's place is asked: of files in plugin folders it is, of one that a person names by its
/// path it is not.
enum class Place { asked, trusted };

/// In this order, each only when those before were passed:
///   1. a file of the name of an algorithm, that can be read
///   2. at a place that is trusted (place.hpp)
///   3. which loads, shakes hands, describes itself by the rules and survives a trial,
///      in a child process (probe.hpp)
/// Empty: the file may be loaded here. Otherwise one sentence that names the file, says what is wrong and how
/// to mend it: the same for a list of plugins, the log, and the error of a task.
std::string refusal(const std::filesystem::path& file, const Probe& probe, Place place = Place::asked);

}  // namespace oddity::plugin
