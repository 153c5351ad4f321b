// Why a plugin is refused, in words: the one place, so that `oddity plugin list`, the log and the error of a
// task say the same. Each has its hint.
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

/// There is nothing, or something that is not a file.
Diagnostic no_file(const fs::path& file);
Diagnostic unreadable(const fs::path& file, std::string_view error);
/// Its name cannot be that of an algorithm.
Diagnostic no_name(const fs::path& file);

/// `what`: the file itself, or a folder on the way to it, with these permissions and this owner.
Diagnostic writable_by_others(const fs::path& file, const fs::path& what, std::uint32_t mode);
Diagnostic owned_by_stranger(const fs::path& file, const fs::path& what, std::uint32_t owner);

/// By the dynamic linker, in its words: not a library, one that is truncated or for another machine, a
/// missing library, a missing symbol, a newer C library.
Diagnostic not_loaded(const fs::path& file, std::string_view linker_says);
Diagnostic no_entry(const fs::path& file);
Diagnostic newer_abi(const fs::path& file);

/// By the trial in a child process. `signal`: SIGBUS is what a file truncated after its header causes.
Diagnostic not_probed(const fs::path& file, std::string_view why);
Diagnostic too_slow(const fs::path& file, double seconds);
Diagnostic crashed(const fs::path& file, int signal);
Diagnostic left(const fs::path& file, int exit_code);

}  // namespace oddity::plugin::reasons
