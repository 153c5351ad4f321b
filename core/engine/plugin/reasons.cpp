#include "plugin/reasons.hpp"

#include <fmt/format.h>

#include "oddity/door.h"

namespace oddity::plugin::reasons {
namespace {

constexpr std::string_view build_anew = "build it anew with this Oddity's SDK";

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

}  // namespace

std::string plugin(const fs::path& file) { return fmt::format("plugin '{}'", file.string()); }

Complaint no_file(const fs::path& file) {
  return {plugin(file), "a shared library", "no such file", "is the path right?"};
}
Complaint unreadable(const fs::path& file, std::string_view error) {
  return {plugin(file), "a file that can be read", std::string(error),
          fmt::format("chmod a+r '{}', and a+x for the folders above", file.string())};
}
Complaint no_name(const fs::path& file) {
  return {plugin(file), "a name of a-z, 0-9 and _, beginning with a letter, before .so",
          fmt::format("'{}'", file.filename().string()),
          "the file's name is that of .algorithm() and of the detector's description"};
}

Complaint writable_by_others(const fs::path& file, const fs::path& what, std::uint32_t mode) {
  const std::string thing = what == file ? "the file" : fmt::format("the folder '{}'", what.string());
  return {plugin(file), fmt::format("{} to be writable by its owner only", thing),
          fmt::format("mode {:04o}: others could put their own code there", mode),
          fmt::format("chmod go-w '{}'", what.string())};
}
Complaint owned_by_stranger(const fs::path& file, const fs::path& what, std::uint32_t owner) {
  const std::string thing = what == file ? "the file" : fmt::format("the folder '{}'", what.string());
  return {
      plugin(file),
      fmt::format("{} to belong to root, to the user who runs oddity, or to the owner of the program", thing),
      fmt::format("the user with id {}", owner), fmt::format("as root: chown root '{}'", what.string())};
}

Complaint no_elf(const fs::path& file) {
  return {plugin(file), "a shared library", "a file that is none (no ELF header)",
          "oddity_add_detector builds one"};
}
Complaint no_shared_library(const fs::path& file, std::string_view kind) {
  return {plugin(file), "a shared library", std::string(kind),
          "link it with -shared; oddity_add_detector does"};
}
Complaint other_machine(const fs::path& file, std::string_view ours, std::string_view theirs) {
  return {plugin(file), fmt::format("a library for this machine ({})", ours),
          fmt::format("one for {}", theirs), "build it on this machine, or for it"};
}
Complaint truncated(const fs::path& file, std::uint64_t announced, std::uint64_t there) {
  return {plugin(file), fmt::format("a whole file of at least {} bytes, as its header says", announced),
          fmt::format("{} bytes", there), "it was cut short: copy it again, by oddity plugin install"};
}

Complaint not_loaded(const fs::path& file, std::string_view linker_says) {
  const std::string text(linkers_own(linker_says));
  const std::string_view missing = std::string_view(text).substr(0, text.find(": cannot open shared object"));
  if (missing.size() != text.size() && missing != file.string()) {
    return {plugin(file), "every library that it needs", fmt::format("no '{}' on this machine", missing),
            fmt::format("install the package that has {}, or link it into the plugin statically", missing)};
  }
  if (const auto symbol = between(text, "undefined symbol: ", ","); !symbol.empty()) {
    return {plugin(file), "a library that has or links all it uses",
            fmt::format("the undefined symbol {}", between(text, "undefined symbol: ", " ")),
            "link it with -Wl,-z,defs, which names what is missing; oddity_add_detector does"};
  }
  if (const auto version = between(text, "version `", "'"); !version.empty()) {
    return {plugin(file), "a library built for this system's C and C++ libraries or older ones",
            fmt::format("one that needs {}", version), "build it on this system"};
  }
  return {plugin(file), "a shared library that can be loaded", text, ""};
}
Complaint no_entry(const fs::path& file) {
  return {plugin(file), "the symbol " ODDITY_ENTRY_SYMBOL, "a library without it",
          "it is no detector, or lacks ODDITY_EXPORT_DETECTOR"};
}
Complaint newer_door(const fs::path& file) {
  return {plugin(file), "the symbol " ODDITY_ENTRY_SYMBOL,
          fmt::format("{} only: it was built for a newer door", ODDITY_NEXT_ENTRY_SYMBOL),
          fmt::format("install a newer Oddity, or {}", build_anew)};
}

Complaint not_probed(const fs::path& file, std::string_view why) {
  return {plugin(file), "", fmt::format("cannot be probed: {}", why), ""};
}
Complaint too_slow(const fs::path& file, double seconds) {
  return {plugin(file), "", fmt::format("did not load and run within {} s", seconds),
          "a few windows of twenty rows should take no time"};
}
Complaint crashed(const fs::path& file, std::string_view signal) {
  return {plugin(file), "", fmt::format("crashed when loaded and tried ({})", signal),
          "oddity probe FILE under a debugger shows where"};
}
Complaint left(const fs::path& file, int exit_code) {
  return {plugin(file), "", fmt::format("ended the process when loaded and tried (exit {})", exit_code),
          "a detector leaves exit and abort to the program"};
}

}  // namespace oddity::plugin::reasons
