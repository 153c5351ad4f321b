// The function that Kapacitor calls: batches or single points come in, a point goes out for each judged
// window.
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
#include "detection/answers.hpp"
#include "detection/batch_windows.hpp"
#include "detection/daemon.hpp"
#include "detection/stream_windows.hpp"
#include "options/setting.hpp"
#include "setup/setup.hpp"
#include "state/store.hpp"

namespace oddity::kapacitor {

/// What Kapacitor sends to the function: windows that it made, or points one by one.
enum class Edge : std::uint8_t { batch, stream };

/// Joins the protocol's side to the engine: options in at init, windows in at each end of a batch or made of
/// the points of a stream, verdicts out as points.
///
/// The life cycle is agent::Handler's.
class Detection : public agent::Handler {
 public:
  /// `daemon`: the kapacitord that started the process; std::nullopt where none did, as behind a socket.
  /// `start_from`: a file of state for a use of which Kapacitor has no snapshot; empty: none.
  Detection(setup::Setup setup, Log& log, std::optional<Daemon> daemon = std::nullopt,
            Edge edge = Edge::batch, std::string start_from = {});

  udf::InfoResponse info() override;
  void init(const udf::InitRequest& request) override;
  std::string snapshot() override;
  void restore(std::string_view state) override;
  bool begin(wire::Bytes body, wire::Responses& out) override;
  bool point(wire::Bytes body, wire::Responses& out) override;
  bool end(wire::Bytes body, wire::Responses& out) override;
  void points(wire::Bytes& frames) override;
  agent::Limits limits(const agent::Limits& usual) const override;
  Activity activity() const override;

  /// Saves the state for the next run, and writes the last log line. Does nothing when there was no init (the
  /// process only answered Info).
  void finish(std::string_view ending, std::uint64_t frames_dropped) override;

 private:
  std::string open_store(const udf::InitRequest& request);
  void tell_state(std::string_view state);
  void start_without_restore();
  void start_without_snapshot(std::string_view why);
  void tell_group_that_starts_fresh(const window::GroupWindow& window);
  void take_up(const state::Opened& snapshot);
  bool adopt_newer(const std::optional<std::string>& bytes, const state::Origin& snapshot,
                   std::string_view how);
  void adopt(const state::Opened& state, std::string_view how);
  void look_at_daemon();
  std::string save_at_the_end();
  std::string save(const state::Origin& origin);
  void make_windows();
  bool stream_point(wire::Bytes body, wire::Responses& out);
  void answer_point(wire::Bytes body, const window::GroupWindow& window, wire::Responses& out);
  std::string take_up_windows(std::string_view saved);
  void tell_points() const;

  setup::Setup setup_;
  Log& log_;
  RunningCall running_;
  setup::Ready ready_;
  const Edge edge_;
  Answers answers_;
  std::unique_ptr<window::BatchWindows> batches_;  ///< on a batch edge
  std::unique_ptr<window::StreamWindows> stream_;  ///< on a stream edge
  std::uint64_t points_ = 0;                       ///< of the stream
  std::uint64_t unsent_ = 0;                       ///< of those, the ones that could not be handed on
  bool repeated_told_ = false;
  std::optional<state::Store> store_;
  state::Origin saved_;  ///< of the latest state that left this process; the counter is 0 before the first
  std::optional<Daemon> daemon_;
  bool daemon_took_requests_ = false;
  int looks_left_ = 10;                    ///< at the daemon, until it takes requests
  state::RunId use_{};                     ///< names the file that is left for a restart of the daemon
  std::optional<std::string> left_to_us_;  ///< what was in it
  state::Origin before_;  ///< of the snapshot that Kapacitor handed us; the counter is 0 without one
  bool state_told_ = false;
  const std::string start_from_;
  std::optional<std::size_t> started_with_;  ///< groups of that file, until another one is told
  RateLimit left_out_told_;
  bool windows_left_out_told_ = false;
};

/// The options as they come in an InitRequest, in the order of the script.
options::Settings settings_of(const udf::InitRequest& request);

}  // namespace oddity::kapacitor
