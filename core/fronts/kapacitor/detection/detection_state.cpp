// Which state a use starts from, and which it leaves behind.
#include "base/error.hpp"
#include "detection/detection.hpp"

namespace oddity::kapacitor {

/// Kapacitor waits for the answer without limit, so there always is one.
std::string Detection::snapshot() {
  if (!ready_.engine) return {};
  try {
    ++saved_.counter;
    return save();
  } catch (const std::exception& failure) {
    log_.line("no snapshot this time: {}", failure.what());
    return {};
  }
}

std::string Detection::save() {
  auto saved = ready_.engine->save(saved_, static_cast<std::size_t>(setup_.config().state.max_snapshot));
  if (saved.left_out != 0) {
    if (const auto before = left_out_told_.tell()) {
      log_.line("the state is larger than state.maxSnapshot: the {} least recently used groups are not in it",
                saved.left_out);
    }
  }
  return std::move(saved.bytes);
}

/// Never by a file alone: Kapacitor's snapshot has to name the run. So a task that was deleted starts fresh,
/// and a replay leaves nothing for the live task but what Kapacitor itself would hand it.
void Detection::save_at_the_end() {
  if (!store_ || saved_.counter == 0) return;
  try {
    ++saved_.counter;
    store_->write(saved_.run, save());
    store_->expire();
  } catch (const std::exception& failure) {
    log_.line("the state since Kapacitor's last snapshot is lost: {}", failure.what());
  }
}

void Detection::restore(std::string_view state) {
  if (!ready_.engine) return;
  if (state.empty()) return tell_start("state fresh: the snapshot is empty");
  try {
    const state::Opened snapshot = state::open(state);
    if (!restore_saved(snapshot.origin)) adopt(snapshot, "state restored");
  } catch (const std::exception& unusable) {
    // A refused restore stops the task until somebody deletes it, so a fresh start is the default.
    if (setup_.config().state.on_mismatch == config::OnMismatch::refuse) {
      throw Error({"a saved state", "one that can be used", unusable.what(),
                   "state.onMismatch: fresh starts anew instead"});
    }
    tell_start(fmt::format("STATE LOST, starting fresh: {}", unusable.what()));
  }
}

/// What the run of `snapshot` saved when it was stopped, if that is there, whole and not older.
bool Detection::restore_saved(const state::Origin& snapshot) {
  const auto bytes = store_ ? store_->read(snapshot.run) : std::nullopt;
  if (!bytes) return false;
  try {
    const state::Opened saved = state::open(*bytes);
    if (saved.origin.run != snapshot.run || saved.origin.counter < snapshot.counter) return false;
    adopt(saved, "state restored as it was at the last stop");
    return true;
  } catch (const std::exception& unusable) {
    log_.line("the state saved at the last stop cannot be used, Kapacitor's snapshot is: {}",
              unusable.what());
    return false;
  }
}

void Detection::adopt(const state::Opened& state, std::string_view how) {
  const auto restored = ready_.engine->restore(state);
  if (!restored.dropped.empty() && setup_.config().state.on_mismatch == config::OnMismatch::refuse)
    throw state::EnvelopeError(restored.dropped);
  tell_start(fmt::format("{}: {} groups, {} detectors{}{}", how, restored.groups, restored.detectors,
                         restored.dropped.empty() ? "" : "; not used: ", restored.dropped));
}

}  // namespace oddity::kapacitor
