// The function that Kapacitor calls: batches come in, a point goes out for each judged window.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/handler.hpp"
#include "base/log.hpp"
#include "base/rate_limit.hpp"
#include "base/running_call.hpp"
#include "detect/pipeline.hpp"
#include "detect/results.hpp"
#include "detection/batch_windows.hpp"
#include "detection/daemon.hpp"
#include "options/setting.hpp"
#include "setup/setup.hpp"
#include "state/store.hpp"

namespace oddity::kapacitor {

/// Joins the protocol's side to the engine: options in at init, windows in at each end of a batch, verdicts
/// out as points that keep name, tags, dimensions and byName, so that grouping survives behind the UDF.
///
/// The life cycle is agent::Handler's.
class Detection : public agent::Handler {
 public:
  /// `daemon`: the kapacitord that started the process; std::nullopt where none did, as behind a socket.
  Detection(setup::Setup setup, Log& log, std::optional<Daemon> daemon = std::nullopt);

  udf::InfoResponse info() override;
  void init(const udf::InitRequest& request) override;
  std::string snapshot() override;
  void restore(std::string_view state) override;
  bool begin(wire::Bytes body, wire::Responses& out) override;
  bool point(wire::Bytes body, wire::Responses& out) override;
  bool end(wire::Bytes body, wire::Responses& out) override;
  agent::Limits limits(const agent::Limits& usual) const override;
  Activity activity() const override;

  /// Saves the state for the next run, and writes the last log line. Does nothing when there was no init (the
  /// process only answered Info).
  void finish(std::string_view ending, std::uint64_t frames_dropped) override;

 private:
  std::string open_store(const udf::InitRequest& request);
  void tell_state(std::string_view state);
  void start_without_restore();
  void take_up(const state::Opened& snapshot);
  bool adopt_newer(const std::optional<std::string>& bytes, const state::Origin& snapshot,
                   std::string_view how);
  void adopt(const state::Opened& state, std::string_view how);
  void look_at_daemon();
  std::string save_at_the_end();
  std::string save(const state::Origin& origin);
  void answer(const window::GroupWindow& window, const detect::Verdict& verdict, wire::Responses& out);

  setup::Setup setup_;
  Log& log_;
  RunningCall running_;
  setup::Ready ready_;
  std::unique_ptr<window::BatchWindows> windows_;
  std::optional<state::Store> store_;
  state::Origin saved_;  ///< of the latest state that left this process; the counter is 0 before the first
  std::optional<Daemon> daemon_;
  bool daemon_took_requests_ = false;
  int looks_left_ = 10;                    ///< at the daemon, until it takes requests
  state::RunId use_{};                     ///< names the file that is left for a restart of the daemon
  std::optional<std::string> left_to_us_;  ///< what was in it
  state::Origin before_;  ///< of the snapshot that Kapacitor handed us; the counter is 0 without one
  bool state_told_ = false;
  RateLimit left_out_told_;
  std::vector<ResultField> fields_;
  udf::Point answer_;
};

/// The options as they come in an InitRequest, in the order of the script.
options::Settings settings_of(const udf::InitRequest& request);

}  // namespace oddity::kapacitor
