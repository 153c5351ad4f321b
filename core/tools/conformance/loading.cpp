// Checks of the file, of loading it and of the first handshake.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "conformance/answer.hpp"
#include "conformance/candidate.hpp"
#include "conformance/checks.hpp"
#include "conformance/exported_symbols.hpp"
#include "numerics/tails.hpp"
#include "plugin/handshake.hpp"

namespace oddity::conformance {
namespace {

Result check_file(const Candidate& candidate) {
  const auto& file = candidate.file();
  if (!std::filesystem::is_regular_file(file)) return failed("expected a file, got none there");
  if (file.extension() != ".so" || !plugin::is_algorithm_name(file.stem().string()))
    return failed(
        fmt::format("expected a name of a-z, 0-9 and _ before .so, got '{}'", file.filename().string()));
  return passed();
}

Result check_loads(const Candidate& candidate) {
  candidate.entry();
  return passed();
}

Result check_one_symbol(const Candidate& candidate) {
  const auto symbols = exported_symbols(candidate.file());
  if (!symbols) return skipped("the file has no table of dynamic symbols that can be read");
  if (symbols->size() == 1) return passed();
  constexpr std::size_t most_shown = 5;
  const std::vector<std::string> first(
      symbols->begin(),
      symbols->begin() + static_cast<std::ptrdiff_t>(std::min(most_shown, symbols->size())));
  return warned(fmt::format("expected the one symbol " ODDITY_ENTRY_SYMBOL ", got {}: {}{}", symbols->size(),
                            fmt::join(first, ", "), symbols->size() > most_shown ? ", ..." : ""));
}

Result check_handshake(const Candidate& candidate) {
  const oddity_plugin* const table = candidate.entry()(&tails::host());
  const std::string wrong = plugin::check_handshake(table, candidate.file().stem().string());
  return wrong.empty() ? passed() : failed(wrong);
}

/// As a later version of the ABI would lend it: larger, and with another minor version.
struct LaterHost {
  oddity_host known = tails::host();
  double (*appended[4])(double) = {};
};

Result check_any_host(const Candidate& candidate) {
  static LaterHost later;
  later.known.struct_size = sizeof later;
  later.known.abi_minor = ODDITY_ABI_MINOR + 1;
  const Candidate::Entry entry = candidate.entry();
  if (entry(&later.known) == nullptr) return failed("expected a table for a host of a later ABI, got none");
  // One that lends nothing yet may be refused, but not be believed to lend something.
  static constexpr oddity_host lesser{
      offsetof(oddity_host, normal_sf), 0, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr};
  if (entry(&lesser) != nullptr) {
    Instance instance = candidate.instance();
    Source source = candidate.source();
    play(instance, source);
  }
  return passed();
}

Result check_capability(const Candidate& candidate) {
  for (const char* name : {"oddity.no_such_interface/1", "", "/"}) {
    if (candidate.library()->table().capability(name) != nullptr)
      return failed(fmt::format("expected no interface of the name '{}', got one", name));
  }
  return passed();
}

}  // namespace

std::vector<Check> loading_checks() {
  return {
      {"file", "loading", "",
       "The plugin is a regular file whose name is that of an algorithm (a-z, 0-9 and _, beginning with a "
       "letter) and ends in .so. Users choose it by this name in .algorithm(), and everything else would "
       "never be found. Rename the target that is given to oddity_add_detector.",
       &check_file},
      {"loads", "loading", "file",
       "The dynamic linker loads the file, resolving every symbol at once, and finds oddity_plugin_entry_v1 "
       "in it. A file that is no shared library for this machine, a library that is missing, a symbol that "
       "nothing defines, or a static initialiser that throws, crashes or ends the process all show here; a "
       "file that was cut short ends by a bus error. Copy a damaged file again; link with -Wl,-z,defs, which "
       "oddity_add_detector does, to be told of undefined symbols when building; keep static initialisers "
       "away from anything that can fail.",
       &check_loads},
      {"one-symbol", "loading", "loads",
       "The library shows the entry function to the dynamic linker and nothing else (a warning). Whatever "
       "else it shows may be bound to another library's symbol of the same name: two plugins then share "
       "their inline variables. oddity_add_detector hides the rest with a linker script; visibility flags "
       "alone leave some.",
       &check_one_symbol},
      {"handshake", "loading", "loads",
       "The entry function returns a table of this ABI: sizes and versions fit, no function is a null "
       "pointer, and the description has a name that is the file's, a version, sentences, known types, "
       "a p-value, outputs and options that take no name of the core's. All of it is looked at before any "
       "function is "
       "called, so that a plugin for another ABI is a sentence and not a crash. The sentence says which "
       "rule; ODDITY_EXPORT_DETECTOR and a complete Description keep them all.",
       &check_handshake},
      {"any-host", "loading", "updates",
       "A host of a later version of the ABI, whose table is larger and whose minor version is higher, is "
       "taken; one that lends less than the plugin needs gets NULL, or an instance that does without. A "
       "plugin outlives the Oddity it was built for. Compare struct_size with what is needed, never for "
       "equality, and call nothing of the host that its struct_size does not cover.",
       &check_any_host},
      {"capability", "loading", "handshake",
       "Asked for a further interface that does not exist, the plugin answers NULL. Later versions of the "
       "ABI ask by name, and take whatever comes for what they asked. Compare the whole name, and return "
       "NULL at the end.",
       &check_capability},
  };
}

}  // namespace oddity::conformance
