// `oddity snapshot`: saved state, as a person may look at it.
#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "inspect/inspection.hpp"
#include "verbs.hpp"

namespace oddity::program {
namespace {

struct File {
  std::string name;
  std::string bytes;
  std::optional<std::int64_t> written;  ///< ns since 1970 UTC; none of stdin and of pipes
};

/// What lies in a state's folder is far smaller; beyond that something else is read, /dev/zero perhaps.
constexpr std::size_t max_bytes = std::size_t{1} << 30;

File read(const std::string& given) {
  File file{given == "-" ? "stdin" : given, {}, {}};
  const std::string path = given == "-" ? "/dev/stdin" : given;
  const auto unreadable = [&](const std::string& found, const char* hint = "") {
    return Error({fmt::format("state '{}'", file.name), "a file that can be read", found, hint});
  };
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) throw unreadable(std::strerror(errno));
  if (S_ISDIR(status.st_mode)) throw unreadable("a folder", "name one of its files, RUN.state");
  if (S_ISREG(status.st_mode))
    file.written = std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec;
  std::ifstream in(path, std::ios::binary);
  if (!in) throw unreadable(std::strerror(errno));
  std::vector<char> block(std::size_t{1} << 16);
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())), in.gcount() > 0) {
    file.bytes.append(block.data(), static_cast<std::size_t>(in.gcount()));
    if (file.bytes.size() > max_bytes) throw unreadable("more than 1 GiB");
  }
  if (in.bad()) throw unreadable("an error while reading");
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
