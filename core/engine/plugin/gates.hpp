// The gates that a plugin's file passes before this process loads it.
#pragma once

#include <filesystem>
#include <string>

#include "plugin/probe.hpp"

namespace oddity::plugin {

/// Whether the file's place is checked: that of a file in a plugin folder is, that of a file that a person
/// names by its path is not.
enum class Place { asked, trusted };

/// In this order, each only when those before were passed:
///   1. a file of the name of an algorithm, that can be read
///   2. at a place that is trusted (place.hpp)
///   3. which loads, passes the handshake, has a valid description and survives a trial,
///      in a child process (probe.hpp)
/// Empty: the file may be loaded here. Otherwise one sentence that names the file, says what is wrong and how
/// to fix it: the same for a list of plugins, the log, and the error of a task.
std::string refusal(const std::filesystem::path& file, const Probe& probe, Place place = Place::asked);

}  // namespace oddity::plugin
