// `oddity live`: becomes the program that judges streams of line protocol.
#include "become.hpp"
#include "own_place.hpp"
#include "verbs.hpp"

namespace oddity::program {

void add_live_verb(CLI::App& app) {
  CLI::App* const verb =
      app.add_subcommand("live", "Judge a stream of line protocol as it comes, on stdin or over HTTP");
  verb->set_help_flag();  // --help is that program's, as everything that follows
  verb->prefix_command();
  verb->callback([verb] { become("oddity live", own_live(), verb->remaining()); });
}

}  // namespace oddity::program
