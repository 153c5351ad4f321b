// Putting a plugin's file in its place while agents run.
#pragma once

#include <filesystem>

namespace oddity::plugin {

/// Copies `file` into `folder` (made where it is missing), under its own name: written beside its place,
/// synced to disk, then renamed. So an agent that has mapped the old file keeps it, one that loads it finds
/// the old file or the new one, never a part; copying over a mapped file would kill whoever runs it. The file
/// becomes readable by all and writable by its owner only. Throws oddity::Error, naming what could not be
/// done; nothing is left behind then. Returns the path of the new file.
std::filesystem::path put_in_place(const std::filesystem::path& file, const std::filesystem::path& folder);

}  // namespace oddity::plugin
