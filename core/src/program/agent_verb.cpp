// `oddity agent`: the UDF on stdin and stdout.
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/session.hpp"
#include "kapacitor/detection.hpp"
#include "program/descriptors.hpp"
#include "program/verbs.hpp"

namespace oddity::program {
namespace {

struct AgentOptions {
  std::string config;
  std::vector<std::string> plugin_folders;
};

int run_agent(const AgentOptions& given) {
  const int out = take_stdout();
  const int stop = watch_signals();
  Log log(STDERR_FILENO);
  std::optional<std::filesystem::path> config;
  if (!given.config.empty()) config = given.config;
  kapacitor::Detection detection(
      setup::Setup(std::move(config), {given.plugin_folders.begin(), given.plugin_folders.end()}), log);
  agent::Session session(STDIN_FILENO, out, stop, detection, log);
  const agent::Ending ending = session.run();
  if (session.worker_runs()) {
    log.line("a call of the detector has not returned; leaving without it");
    ::_exit(1);  // the thread is inside the plugin: nothing that it uses may be destroyed
  }
  detection.tell_end(agent::to_string(ending), session.frames_dropped());
  return ending == agent::Ending::delivered || ending == agent::Ending::unread ||
                 ending == agent::Ending::reader_gone
             ? 0
             : 1;
}

}  // namespace

void add_agent_verb(CLI::App& app, int& exit_code) {
  const auto given = std::make_shared<AgentOptions>();
  CLI::App* verb = app.add_subcommand(
      "agent", "Be the user-defined function: speak Kapacitor's protocol on stdin and stdout");
  verb->add_option("--config", given->config, "YAML deployment; see config/oddity.yaml");
  verb->add_option("--plugins", given->plugin_folders,
                   "Folder of detectors, searched before all others; repeatable");
  verb->callback([given, &exit_code] { exit_code = run_agent(*given); });
}

}  // namespace oddity::program
