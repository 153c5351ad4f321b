// `oddity agent`: the UDF, on stdin and stdout or for whoever connects to a socket.
#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/descriptors.hpp"
#include "agent/listener.hpp"
#include "agent/printed.hpp"
#include "agent/session.hpp"
#include "base/crash_report.hpp"
#include "base/error.hpp"
#include "kapacitor/detection.hpp"
#include "program/verbs.hpp"

namespace oddity::program {
namespace {

struct AgentOptions {
  std::string config;
  std::vector<std::string> plugin_folders;
  std::string socket;
  std::string mode = "0660";
  int oom_score = 500;

  setup::Setup setup() const {
    std::optional<std::filesystem::path> file;
    if (!config.empty()) file = config;
    return {std::move(file), {plugin_folders.begin(), plugin_folders.end()}};
  }
};

/// Agents share kapacitord's memory cgroup: when it runs out, the kernel shall end us and not the daemon.
void be_first_to_go(int score) {
  const int file = ::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  const std::string text = std::to_string(score);
  if (file >= 0 && ::write(file, text.data(), text.size()) < 0) {
    // Allowed to everybody; where it is not, nothing is lost but this courtesy.
  }
  ::close(file);
}

mode_t permissions(const std::string& text) {
  unsigned mode = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), mode, 8);
  if (error != std::errc() || end != text.data() + text.size() || mode > 0777)
    throw Error({"option '--mode'", "permissions in octal digits, such as 0660", "'" + text + "'", ""});
  return static_cast<mode_t>(mode);
}

/// One conversation from its first frame to its last log line.
struct Use {
  Log log;
  kapacitor::Detection detection;
  agent::Session session;

  Use(int in, int out, int stop, int log_descriptor, const AgentOptions& given)
      : log(log_descriptor), detection(given.setup(), log), session(in, out, stop, detection, log) {}

  /// False: a call of a detector has not returned, and its thread still refers to all this.
  bool run() {
    ending = session.run();
    if (session.worker_runs()) {
      log.line("a call of the detector has not returned; leaving without it");
      return false;
    }
    detection.finish(agent::to_string(ending), session.frames_dropped());
    return true;
  }
  agent::Ending ending{};
};

int serve_pipes(int in, int out, int stop, int log_descriptor, const AgentOptions& given) {
  const auto use = std::make_unique<Use>(in, out, stop, log_descriptor, given);
  if (!use->run()) ::_exit(1);  // the thread is inside the plugin: nothing that it uses may be destroyed
  return use->ending == agent::Ending::delivered || use->ending == agent::Ending::unread ||
                 use->ending == agent::Ending::reader_gone
             ? 0
             : 1;
}

int serve_socket(int stop, int log_descriptor, const AgentOptions& given) {
  Log log(log_descriptor);
  agent::Listener listener(given.socket, permissions(given.mode), log);
  log.line("serving '{}'", given.socket);
  std::atomic<bool> left_behind{false};
  const bool all_ended = listener.run(stop, [&](int connection) {
    auto use = std::make_unique<Use>(connection, connection, stop, log_descriptor, given);
    if (use->run()) return;
    static_cast<void>(use.release());
    left_behind = true;
  });
  log.line("stopped serving '{}'", given.socket);
  if (!all_ended || left_behind) {
    std::error_code none;
    std::filesystem::remove(given.socket, none);
    ::_exit(1);
  }
  return 0;
}

int run_agent(const AgentOptions& given) {
  const int log_descriptor = agent::copy_stderr();
  const int out = agent::take_stdout();
  const int stop = agent::watch_signals();
  const int in = agent::take_stdin();
  report_crashes(log_descriptor);
  be_first_to_go(given.oom_score);
  Log log(log_descriptor);
  const agent::Printed printed(log, log_descriptor);
  return given.socket.empty() ? serve_pipes(in, out, stop, log_descriptor, given)
                              : serve_socket(stop, log_descriptor, given);
}

}  // namespace

void add_agent_verb(CLI::App& app, int& exit_code) {
  const auto given = std::make_shared<AgentOptions>();
  CLI::App* verb = app.add_subcommand(
      "agent",
      "Be the user-defined function: speak Kapacitor's protocol on stdin and stdout, or on a socket");
  verb->add_option("--config", given->config, "YAML deployment; see config/oddity.yaml");
  verb->add_option("--plugins", given->plugin_folders,
                   "Folder of detectors, searched before all others; repeatable");
  verb->add_option("--socket", given->socket, "Serve a unix socket at this path, many connections at once");
  verb->add_option("--mode", given->mode, "Permissions of the socket's file, octal")->capture_default_str();
  verb->add_option("--oom-score", given->oom_score,
                   "How readily the kernel ends this process when memory runs out, before kapacitord's 0")
      ->check(CLI::Range(0, 1000))
      ->capture_default_str();
  verb->callback([given, &exit_code] { exit_code = run_agent(*given); });
}

}  // namespace oddity::program
