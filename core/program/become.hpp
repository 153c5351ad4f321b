// A verb whose program lies beside this one.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace oddity::program {

/// This process becomes `program`, so that its output, its exit code and a debugger's view of it are that program's own.
/// Throws oddity::Error, which names `verb`, where it cannot be started.
[[noreturn]] void become(const std::string& verb, const std::filesystem::path& program,
                         const std::vector<std::string>& arguments);

}  // namespace oddity::program
