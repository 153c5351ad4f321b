// `oddity agent`: the UDF, on stdin and stdout or for whoever connects to a socket.
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/run.hpp"
#include "base/error.hpp"
#include "detection/detection.hpp"
#include "own_place.hpp"
#include "verbs.hpp"

namespace oddity::program {
namespace {

struct AgentOptions {
  std::string config;
  std::vector<std::string> plugin_folders;
  std::string mode = "0660";
  std::string edge = "batch";
  std::string start_from;
  agent::Serving serving;
};

mode_t permissions(const std::string& text) {
  unsigned mode = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), mode, 8);
  if (error != std::errc() || end != text.data() + text.size() || mode > 0777)
    throw Error({"option '--mode'", "permissions in octal digits, such as 0660", "'" + text + "'", ""});
  return static_cast<mode_t>(mode);
}

int run_agent(AgentOptions given) {
  given.serving.mode = permissions(given.mode);
  std::optional<std::filesystem::path> config;
  if (!given.config.empty()) config = given.config;
  std::optional<kapacitor::Daemon> daemon;
  if (given.serving.socket.empty()) daemon.emplace(::getppid());
  const auto edge = given.edge == "stream" ? kapacitor::Edge::stream : kapacitor::Edge::batch;
  return agent::run("oddity", given.serving, [&](Log& log) {
    return std::make_unique<kapacitor::Detection>(
        setup::Setup(config, {given.plugin_folders.begin(), given.plugin_folders.end()}, own_parts()), log,
        daemon, edge, given.start_from);
  });
}

}  // namespace

void add_agent_verb(CLI::App& app, int& exit_code) {
  const auto given = std::make_shared<AgentOptions>();
  CLI::App* verb = app.add_subcommand(
      "agent",
      "Be the user-defined function: speak Kapacitor's protocol on stdin and stdout, or on a socket");
  verb->add_option("--config", given->config, "YAML deployment; see config/oddity.yaml");
  verb->add_option("--edge", given->edge,
                   "What Kapacitor sends: batch, windows that it makes; stream, single points")
      ->check(CLI::IsMember({"batch", "stream"}))
      ->capture_default_str();
  verb->add_option("--plugins", given->plugin_folders,
                   "Folder of detectors, searched before all others; repeatable");
  verb->add_option("--start-from", given->start_from,
                   "State that `oddity replay --save-state` wrote, for tasks of which Kapacitor has none yet")
      ->type_name("FILE");
  verb->add_option("--socket", given->serving.socket,
                   "Serve a unix socket at this path, many connections at once");
  verb->add_option("--mode", given->mode, "Permissions of the socket's file, octal")->capture_default_str();
  verb->add_option("--oom-score", given->serving.oom_score,
                   "How readily the kernel ends this process when memory runs out, before kapacitord's 0")
      ->check(CLI::Range(0, 1000))
      ->capture_default_str();
  verb->callback([given, &exit_code] { exit_code = run_agent(*given); });
}

}  // namespace oddity::program
