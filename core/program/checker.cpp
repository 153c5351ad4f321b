#include "checker.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "base/child_process.hpp"
#include "base/error.hpp"
#include "own_place.hpp"

namespace oddity::program {

namespace fs = std::filesystem;

std::vector<std::string> broken_laws(const fs::path& file) {
  constexpr std::size_t longest = 1 << 20;
  const std::string program = own_checker().string();
  const MemoryFile out("checks");
  const MemoryFile errors("errors");
  const auto status = run_in_child(
      [&] {
        ::dup2(out.descriptor(), STDOUT_FILENO);
        ::dup2(errors.descriptor(), STDERR_FILENO);
        ::execl(program.c_str(), program.c_str(), "--json", "--", file.c_str(), static_cast<char*>(nullptr));
        ::_exit(127);
      },
      std::chrono::hours(1));  // each check has a limit of its own
  const auto findings = nlohmann::json::parse(out.read(longest), nullptr, false);
  const bool done = status && WIFEXITED(*status) && WEXITSTATUS(*status) <= 1 && findings.is_object();
  if (!done) {
    throw Error({fmt::format("plugin '{}'", file.string()), fmt::format("'{}' to check it", program),
                 "a program that does not run: " + errors.read(longest),
                 "it comes with oddity: is the installation whole?"});
  }
  std::vector<std::string> broken;
  for (const auto& check : findings.at("checks")) {
    const auto outcome = check.at("outcome").get<std::string>();
    if (outcome == "failed" || outcome == "crashed") broken.push_back(check.at("id").get<std::string>());
  }
  return broken;
}

}  // namespace oddity::program
