// `oddity plugin check`: hands its arguments on to the program that checks.
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "checker.hpp"
#include "own_place.hpp"
#include "plugin_verbs.hpp"

namespace oddity::program {
namespace {

/// Becomes the checker, so that its output, its exit code and a debugger's view of it are this program's own.
[[noreturn]] void become_checker(const std::vector<std::string>& given) {
  const std::string program = own_checker().string();
  std::vector<char*> arguments{const_cast<char*>(program.c_str())};
  for (const std::string& argument : given) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  ::execv(program.c_str(), arguments.data());
  throw Error({"oddity plugin check", fmt::format("the program '{}'", program), std::strerror(errno),
               "it comes with oddity: is the installation whole?"});
}

}  // namespace

void add_plugin_check(CLI::App& plugin) {
  CLI::App* const verb = plugin.add_subcommand("check", "Find out whether a detector keeps the laws");
  verb->set_help_flag();  // --help is the checker's, as everything that follows
  verb->prefix_command();
  verb->callback([verb] { become_checker(verb->remaining()); });
}

}  // namespace oddity::program
