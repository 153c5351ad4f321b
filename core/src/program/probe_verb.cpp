// `oddity probe FILE`: the child's side of plugin::Probe; not for people.
#include <fcntl.h>
#include <unistd.h>

#include <exception>
#include <memory>
#include <string>

#include "plugin/probe.hpp"
#include "program/verbs.hpp"

namespace oddity::program {
namespace {

/// The sentence goes to descriptor 3, where the parent listens; run by hand, to stderr.
void say(const std::string& sentence) {
  const int listener = ::fcntl(3, F_GETFD) >= 0 ? 3 : STDERR_FILENO;
  if (::write(listener, sentence.data(), sentence.size()) < 0) ::_exit(1);
}

}  // namespace

void add_probe_verb(CLI::App& app, int& exit_code) {
  const auto file = std::make_shared<std::string>();
  CLI::App* verb = app.add_subcommand("probe", "Load a detector and try it")->group("");
  verb->add_option("file", *file)->required();
  verb->callback([file, &exit_code] {
    try {
      plugin::try_plugin(*file);
      say(plugin::probe_passed);
      exit_code = 0;
    } catch (const std::exception& wrong) {
      const std::string text = wrong.what();
      say(text.starts_with("plugin '") ? text : "plugin '" + *file + "': " + text);
      exit_code = 1;
    }
  });
}

}  // namespace oddity::program
