// `oddity probe FILE [SIZE]`: the child's side of plugin::Probe; not for people.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdint>
#include <exception>
#include <memory>
#include <string>

#include "plugin/probe.hpp"
#include "verbs.hpp"

namespace oddity::program {
namespace {

/// The sentence goes to descriptor 3, where the parent listens; run by hand, to stderr.
void say(const std::string& sentence) {
  const int listener = ::fcntl(3, F_GETFD) >= 0 ? 3 : STDERR_FILENO;
  if (::write(listener, sentence.data(), sentence.size()) < 0) ::_exit(1);
}

}  // namespace

void add_probe_verb(CLI::App& app, int& exit_code) {
  struct Given {
    std::string file;
    std::uint64_t size = 0;
  };
  const auto given = std::make_shared<Given>();
  CLI::App* verb = app.add_subcommand("probe", "Load a detector and try it")->group("");
  verb->add_option("file", given->file)->required();
  verb->add_option("size", given->size, "Measure it with a history of so many samples");
  verb->callback([given, &exit_code] {
    try {
      plugin::try_plugin(given->file);
      std::string passed = plugin::probe_passed;
      if (given->size != 0) {
        const plugin::Measured measured = plugin::measure_plugin(given->file, given->size);
        passed +=
            fmt::format(" {} {} {} {}", measured.size, measured.samples, measured.memory, measured.state);
      }
      say(passed);
      exit_code = 0;
    } catch (const std::exception& wrong) {
      const std::string text = wrong.what();
      say(text.starts_with("plugin '") ? text : "plugin '" + given->file + "': " + text);
      exit_code = 1;
    }
  });
}

}  // namespace oddity::program
