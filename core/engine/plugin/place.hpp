// Plugins are trusted by their place: nobody else may be able to change what runs in our process.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <vector>

#include "base/error.hpp"

namespace oddity::plugin {

/// The users whose files are trusted: root, the running user, and the owner of `program`, the executable that
/// tries plugins, who could change that as well. `program` empty: there is none.
std::vector<uid_t> trusted_owners(const std::filesystem::path& program);

/// The rule, of the place where `file` really lies, symbolic links followed:
///   - the file and its folder belong to one of `owners`, and nobody else may write them. A group may only
///     where it is root's, or the owner's own (Debian makes a group of the same name for each user).
///   - no folder above is writable by all, unless it is sticky as /tmp is: nobody can remove another user's
///     files there. In a sticky folder itself a plugin is not trusted.
/// Empty: the place is trusted.
std::optional<Diagnostic> distrust(const std::filesystem::path& file, const std::vector<uid_t>& owners);

}  // namespace oddity::plugin
