// `oddity snapshot`: saved state, as a person may look at it.
#include <fmt/format.h>
#include <sys/stat.h>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "inspect/inspection.hpp"
#include "state/state_file.hpp"
#include "verbs.hpp"

namespace oddity::program {
namespace {

struct File {
  std::string name;
  std::string bytes;
  std::optional<std::int64_t> written;  ///< ns since 1970 UTC; none of stdin and of pipes
};

File read(const std::string& given) {
  File file{given == "-" ? "stdin" : given, {}, {}};
  const std::string path = given == "-" ? "/dev/stdin" : given;
  file.bytes = state::read_file(fmt::format("state '{}'", file.name), path);
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode))
    file.written = std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec;
  return file;
}

/// Returns the exit code: 1 where the file is no state, or a damaged one.
int run_inspect(const std::string& path, bool as_json) {
  const File file = read(path);
  try {
    const inspect::Inspection inspection = inspect::inspect(file.name, file.bytes);
    if (as_json) {
      fmt::print("{}\n", inspect::json(file.name, file.written, inspection).dump(2));
    } else {
      fmt::print("{}", inspect::text(file.name, file.written, inspection));
    }
    return 0;
  } catch (const Error& wrong) {
    fmt::print(stderr, "oddity: {}\n", wrong.what());
    return 1;
  }
}

}  // namespace

void add_snapshot_verb(CLI::App& app, int& exit_code) {
  CLI::App* const snapshot = app.add_subcommand("snapshot", "Saved state: what is in one");
  snapshot->require_subcommand(1);
  CLI::App* const verb = snapshot->add_subcommand(
      "inspect", "Whose state a file is, its detectors and groups; exit code 1 where it is damaged or none");
  const auto path = std::make_shared<std::string>();
  const auto as_json = std::make_shared<bool>(false);
  verb->add_option("file", *path, "File of state.dir, or a snapshot's bytes; - for stdin")
      ->required()
      ->type_name("FILE");
  verb->add_flag("--json", *as_json, "For programs");
  verb->callback([path, as_json, &exit_code] { exit_code = run_inspect(*path, *as_json); });
}

}  // namespace oddity::program
