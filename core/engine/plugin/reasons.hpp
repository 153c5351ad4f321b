// Why a plugin is refused, in words: the one place, so that `oddity plugin list`, the log and the error of a
// task say the same. Each has its mend.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace oddity::plugin::reasons {

namespace fs = std::filesystem;

/// "plugin '/path/x.so'", the `where` of them all.
std::string plugin(const fs::path& file);

/// There is nothing, or something that is no file.
Complaint no_file(const fs::path& file);
Complaint unreadable(const fs::path& file, std::string_view error);
/// Its name cannot be that of an algorithm.
Complaint no_name(const fs::path& file);

/// `what`: the file itself, or a folder on the way to it, with these permissions and this owner.
Complaint writable_by_others(const fs::path& file, const fs::path& what, std::uint32_t mode);
Complaint owned_by_stranger(const fs::path& file, const fs::path& what, std::uint32_t owner);

/// By the dynamic linker, in its words: no library, one that is cut short or for another machine, a missing
/// library, a missing symbol, a newer C library.
Complaint not_loaded(const fs::path& file, std::string_view linker_says);
Complaint no_entry(const fs::path& file);
Complaint newer_door(const fs::path& file);

/// By the trial in a child process. `signal`: SIGBUS is how a file ends that was cut short behind its header.
Complaint not_probed(const fs::path& file, std::string_view why);
Complaint too_slow(const fs::path& file, double seconds);
Complaint crashed(const fs::path& file, int signal);
Complaint left(const fs::path& file, int exit_code);

}  // namespace oddity::plugin::reasons
