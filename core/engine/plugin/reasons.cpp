#include "plugin/reasons.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <cstring>

#include "oddity/abi.h"

namespace oddity::plugin::reasons {
namespace {

constexpr std::string_view build_anew = "rebuild it with this Oddity's SDK";

/// Between `before` and `after`; empty when they are not there.
std::string_view between(std::string_view text, std::string_view before, std::string_view after) {
  const std::size_t from = text.find(before);
  if (from == std::string_view::npos) return {};
  const std::string_view rest = text.substr(from + before.size());
  return rest.substr(0, rest.find(after));
}

/// Boost.DLL wraps dlerror's text: "...(dlerror system message: TEXT) ..."; only TEXT says anything.
std::string_view linkers_own(std::string_view text) {
  constexpr std::string_view before = "dlerror system message: ";
  const std::size_t from = text.find(before);
  if (from == std::string_view::npos) return text;
  text.remove_prefix(from + before.size());
  const std::size_t to = text.find(") [") != std::string_view::npos ? text.find(") [") : text.rfind(')');
  return text.substr(0, to);
}

/// The linker's text without the file that it names first.
std::string_view without(std::string_view text, const fs::path& file) {
  const std::string begin = file.string() + ": ";
  if (text.starts_with(begin)) text.remove_prefix(begin.size());
  return text;
}

}  // namespace

std::string plugin(const fs::path& file) { return fmt::format("plugin '{}'", file.string()); }

Diagnostic no_file(const fs::path& file) {
  return {plugin(file), "a shared library", "no such file", "is the path right?"};
}
Diagnostic unreadable(const fs::path& file, std::string_view error) {
  return {plugin(file), "a file that can be read", std::string(error),
          fmt::format("chmod a+r '{}', and a+x for the folders above", file.string())};
}
Diagnostic no_name(const fs::path& file) {
  return {plugin(file), "a name of a-z, 0-9 and _, beginning with a letter, before .so",
          fmt::format("'{}'", file.filename().string()),
          "the file's name is that of .algorithm() and of the detector's description"};
}

Diagnostic writable_by_others(const fs::path& file, const fs::path& what, std::uint32_t mode) {
  const std::string thing = what == file ? "the file" : fmt::format("the folder '{}'", what.string());
  return {plugin(file), fmt::format("{} to be writable by its owner only", thing),
          fmt::format("mode {:04o}: others could put their own code there", mode),
          fmt::format("chmod go-w '{}'", what.string())};
}
Diagnostic owned_by_stranger(const fs::path& file, const fs::path& what, std::uint32_t owner) {
  const std::string thing = what == file ? "the file" : fmt::format("the folder '{}'", what.string());
  return {
      plugin(file),
      fmt::format("{} to belong to root, to the user who runs oddity, or to the owner of the program", thing),
      fmt::format("the user with id {}", owner), fmt::format("as root: chown root '{}'", what.string())};
}

/// What the dynamic linker says of a file that it cannot read as a library (glibc's
/// dl-load.c), and what it means.
struct Unreadable {
  std::string_view linker_says;
  const char* expected;
  const char* found;
  const char* hint;
};
constexpr Unreadable unreadable_as_library[] = {
    {"invalid ELF header", "a shared library", "another kind of file", "oddity_add_detector builds one"},
    {"file too short", "a shared library", "another kind of file, or a truncated one",
     "copy it again, by oddity plugin install"},
    {"cannot read file data", "a whole shared library", "a truncated one",
     "copy it again, by oddity plugin install"},
    {"wrong ELF class", "a library for this machine", "one for another",
     "build it on this machine, or for it"},
    {"ELF file data encoding", "a library for this machine", "one for another",
     "build it on this machine, or for it"},
    {"dynamically load", "a shared library", "a program", "link it with -shared; oddity_add_detector does"},
    {"only ET_DYN and ET_EXEC", "a shared library", "another kind of ELF file, as an object file is",
     "link it with -shared; oddity_add_detector does"},
};

Diagnostic not_loaded(const fs::path& file, std::string_view linker_says) {
  const std::string text(linkers_own(linker_says));
  const std::string_view missing = std::string_view(text).substr(0, text.find(": cannot open shared object"));
  if (missing == file.string()) {
    // The file exists, as was checked before: of a library for another processor the linker says this.
    const bool other_machine = text.ends_with(": No such file or directory");
    if (!other_machine) return unreadable(file, text.substr(text.rfind(": ") + 2));
    return {plugin(file), "a library for this machine", "one for another",
            "build it on this machine, or for it"};
  }
  if (missing.size() != text.size()) {
    return {plugin(file), "every library that it needs", fmt::format("no '{}' on this machine", missing),
            fmt::format("install the package that has {}, or link it into the plugin statically", missing)};
  }
  if (const auto symbol = between(text, "undefined symbol: ", ","); !symbol.empty()) {
    return {plugin(file), "a library that defines or links every symbol it uses",
            fmt::format("the undefined symbol {}", between(text, "undefined symbol: ", " ")),
            "link it with -Wl,-z,defs, which names what is missing; oddity_add_detector does"};
  }
  if (const auto version = between(text, "version `", "'"); !version.empty()) {
    return {plugin(file), "a library built for this system's C and C++ libraries or older ones",
            fmt::format("one that needs {}", version), "build it on this system"};
  }
  for (const Unreadable& known : unreadable_as_library) {
    if (text.find(known.linker_says) != std::string::npos)
      return {plugin(file), known.expected, fmt::format("{} ({})", known.found, without(text, file)),
              known.hint};
  }
  return {plugin(file), "a shared library that can be loaded", text, ""};
}
Diagnostic no_entry(const fs::path& file) {
  return {plugin(file), "the symbol " ODDITY_ENTRY_SYMBOL, "a library without it",
          "it is not a detector, or lacks ODDITY_EXPORT_DETECTOR"};
}
Diagnostic newer_abi(const fs::path& file) {
  return {plugin(file), "the symbol " ODDITY_ENTRY_SYMBOL,
          fmt::format("{} only: it was built for a newer ABI", ODDITY_NEXT_ENTRY_SYMBOL),
          fmt::format("install a newer Oddity, or {}", build_anew)};
}

Diagnostic not_probed(const fs::path& file, std::string_view why) {
  return {plugin(file), "", fmt::format("cannot be probed: {}", why), ""};
}
Diagnostic too_slow(const fs::path& file, double seconds) {
  return {plugin(file), "", fmt::format("did not load and run within {} s", seconds),
          "a few windows of twenty rows should take no time"};
}
Diagnostic crashed(const fs::path& file, int signal) {
  return {plugin(file), "", fmt::format("crashed when loaded and tried ({})", ::strsignal(signal)),
          signal == SIGBUS ? "truncated files end this way: copy it again, by oddity plugin install"
                           : "oddity probe FILE under a debugger shows where"};
}
Diagnostic left(const fs::path& file, int exit_code) {
  return {plugin(file), "", fmt::format("ended the process when loaded and tried (exit {})", exit_code),
          "a detector must not call exit or abort"};
}

}  // namespace oddity::plugin::reasons
