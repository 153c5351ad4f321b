// Which state a use starts from, and which it leaves behind.
//
// Kapacitor's snapshot says which run saved it, and a run that answered one leaves its last state under its
// own name. That is safe in every case. A run that never answered one has no name that anybody will ask for,
// and task and node do not make one: a replay has those of the live task, and so has a task that was deleted
// and defined again. Only across a restart of kapacitord do they suffice: the API is closed when the daemon
// stops its tasks, and those that it stopped are started again before the API opens. So a run that is stopped
// with the daemon leaves its state under the use's name, the first run of the use takes it away at its Init,
// and nobody who was started by a request finds it.
//
// A file that the operator named, --start-from, is the last resort: for who has neither a snapshot nor a state
// that was left to it.
#include "base/error.hpp"
#include "detection/detection.hpp"
#include "state/state_file.hpp"

namespace oddity::kapacitor {
namespace {

/// After a longer pause it would be doubtful whose state it is, and only the last
/// minute's learning is at stake.
constexpr std::chrono::minutes longest_restart{10};

constexpr std::string_view when_the_daemon_stopped = "state restored as it was when kapacitord stopped";

}  // namespace

/// Opens the folder that state is saved in at a stop. Returns what the line at the start says of it: a folder
/// that cannot be used is reported now, and not when a state is to be lost.
std::string Detection::open_store(const udf::InitRequest& request) {
  const config::State& settings = setup_.config().state;
  const auto folder = settings.dir.value_or(state::Store::user_folder());
  if (folder.empty()) {
    return settings.dir
               ? "not saved at a stop (state.dir: off)"
               : "NOT SAVED at a stop: neither XDG_STATE_HOME nor HOME is set (state.dir names a folder)";
  }
  const auto keep = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::nanoseconds(settings.keep));
  store_.emplace(folder, keep, static_cast<std::uintmax_t>(settings.max_kept));
  if (daemon_) {
    use_ = state::run_id_of(
        fmt::format("{}\n{}\n{}", daemon_->command_line(), request.taskid(), request.nodeid()));
    left_to_us_ = store_->take(use_, longest_restart);
  }
  try {
    store_->check();
  } catch (const Error& unusable) {
    // Tried again at the stop: somebody may have repaired it by then.
    return fmt::format("NOT SAVED at a stop: {}", unusable.what());
  }
  return fmt::format("saved at a stop in '{}'", folder.string());
}

void Detection::tell_state(std::string_view state) {
  state_told_ = true;
  log_.write(state);
}

/// Kapacitor waits for the answer without limit, so there always is one. It may ask before it hands us a
/// restore, but hands us none where what was left to us follows no snapshot.
std::string Detection::snapshot() {
  if (!ready_.engine) return {};
  try {
    if (!state_told_ && !adopt_newer(left_to_us_, {}, when_the_daemon_stopped) && !start_from_.empty())
      start_without_snapshot("Kapacitor has no snapshot of this node");
    if (++saved_.counter == 1 && store_ && before_.counter != 0) store_->note_before(saved_.run, before_.run);
    return save(saved_);
  } catch (const std::exception& failure) {
    log_.line("no snapshot this time: {}", failure.what());
    return {};
  }
}

std::string Detection::save(const state::Origin& origin) {
  auto saved = ready_.engine->save(origin, static_cast<std::size_t>(setup_.config().state.max_snapshot),
                                   stream_ ? stream_->save() : std::string());
  if (saved.left_out != 0) {
    if (const auto before = left_out_told_.tell()) {
      log_.line("the state is larger than state.maxSnapshot: the {} least recently used groups are not in it",
                saved.left_out);
    }
  }
  if (saved.windows_left_out && !std::exchange(windows_left_out_told_, true))
    log_.line("the state is larger than state.maxSnapshot: the open windows are not in it (logged once)");
  return std::move(saved.bytes);
}

/// Whether the daemon is seen to take requests. Data come through it, so the first windows are a good time to
/// look; a parent that never does (a shell, say) is not a daemon, and nothing is concluded from it.
void Detection::look_at_daemon() {
  if (!daemon_ || daemon_took_requests_ || looks_left_ == 0) return;
  --looks_left_;
  daemon_took_requests_ = daemon_->takes_requests() == true;
}

/// Leaves the state for who is handed an older snapshot of this run, or else, when the daemon stops, for the
/// same use after its restart. Returns what became of it, in words.
std::string Detection::save_at_the_end() {
  if (!store_) return "not kept";
  std::string told = "not kept: stopped before Kapacitor's first snapshot of this run";
  try {
    if (saved_.counter != 0) {
      ++saved_.counter;
      store_->write(saved_.run, save(saved_));
      told = "saved";
    } else if ((daemon_took_requests_ || left_to_us_) && daemon_->takes_requests() == false) {
      store_->write(use_, save(before_));
      told = "saved for the restart of kapacitord";
    }
    if (const auto expired = store_->expire(); expired.by_size != 0) {
      log_.line("saved states take more than state.maxKept: the {} oldest were removed", expired.by_size);
    }
  } catch (const std::exception& failure) {
    log_.line("the state since Kapacitor's last snapshot is lost: {}", failure.what());
    told = "lost";
  }
  return told;
}

/// Kapacitor has no snapshot of this node; logged once that is certain, with the first window or at the end.
void Detection::start_without_restore() {
  if (state_told_) return;
  if (adopt_newer(left_to_us_, {}, when_the_daemon_stopped)) return;
  start_without_snapshot("Kapacitor has no snapshot of this node");
}

/// With what the operator's file holds, if there is one: what does not fit starts fresh. A file that was moved
/// away costs no task its start.
void Detection::start_without_snapshot(std::string_view why) {
  if (start_from_.empty()) return tell_state(fmt::format("state fresh: {}", why));
  const std::string file = fmt::format("option '--start-from', '{}'", start_from_);
  try {
    const std::string bytes = state::read_file(file, start_from_);
    const auto restored = ready_.engine->restore(state::open(bytes));
    started_with_ = restored.groups;
    tell_state(fmt::format("state started from '{}', as {}: {} groups, {} detectors{}{}", start_from_, why,
                           restored.groups, restored.detectors,
                           restored.dropped.empty() ? "" : "; not used: ", restored.dropped));
  } catch (const state::EnvelopeError& unusable) {
    tell_state(fmt::format("state fresh: {}, and {} cannot be used: {}", why, file, unusable.what()));
  } catch (const Error& unreadable) {
    tell_state(fmt::format("state fresh: {}; {}", why, unreadable.what()));
  }
}

/// A grouping other than the file's is hard to see: everything would be fresh.
void Detection::tell_group_that_starts_fresh(const window::GroupWindow& window) {
  if (!started_with_ || ready_.engine->totals().groups <= *started_with_) return;
  started_with_.reset();
  log_.line("group '{}' is not in '{}': it starts fresh, and so do others that are not (logged once)",
            window.group, start_from_);
}

void Detection::restore(std::string_view state) {
  if (!ready_.engine) return;
  if (state.empty()) return start_without_snapshot("the snapshot is empty");
  try {
    const state::Opened snapshot = state::open(state);
    before_ = snapshot.origin;
    if (store_) store_->remove_before(before_.run);  // Kapacitor keeps one snapshot a task: this one
    take_up(snapshot);
  } catch (const std::exception& unusable) {
    // A refused restore stops the task until somebody deletes it, so a fresh start is the default.
    if (setup_.config().state.on_mismatch == config::OnMismatch::refuse) {
      throw Error({"a saved state", "one that can be used", unusable.what(),
                   "state.onMismatch: fresh starts anew instead"});
    }
    tell_state(fmt::format("STATE LOST, starting fresh: {}", unusable.what()));
  }
}

/// The newest of what follows the snapshot: a state left at the daemon's stop by a run that started from it,
/// one left by the run that it names, or itself.
void Detection::take_up(const state::Opened& snapshot) {
  if (adopt_newer(left_to_us_, snapshot.origin, when_the_daemon_stopped)) return;
  const auto saved = store_ ? store_->read(snapshot.origin.run) : std::nullopt;
  if (adopt_newer(saved, snapshot.origin, "state restored as it was at the last stop")) return;
  adopt(snapshot, "state restored");
}

/// Adopts a state that was in a file, if it was there, whole, and follows `snapshot`.
bool Detection::adopt_newer(const std::optional<std::string>& bytes, const state::Origin& snapshot,
                            std::string_view how) {
  if (!bytes) return false;
  try {
    const state::Opened saved = state::open(*bytes);
    if (saved.origin.run != snapshot.run || saved.origin.counter < snapshot.counter) return false;
    adopt(saved, how);
    return true;
  } catch (const std::exception& unusable) {
    log_.line("the state saved at the last stop cannot be used{}: {}",
              snapshot.counter != 0 ? ", Kapacitor's snapshot is" : "", unusable.what());
    return false;
  }
}

void Detection::adopt(const state::Opened& state, std::string_view how) {
  using detect::Pipeline;
  const bool strict = setup_.config().state.on_mismatch == config::OnMismatch::refuse;
  const auto restored =
      ready_.engine->restore(state, strict ? Pipeline::Taken::whole : Pipeline::Taken::as_it_fits);
  tell_state(fmt::format("{}: {} groups, {} detectors{}{}{}", how, restored.groups, restored.detectors,
                         take_up_windows(restored.open_windows),
                         restored.dropped.empty() ? "" : "; not used: ", restored.dropped));
}

}  // namespace oddity::kapacitor
