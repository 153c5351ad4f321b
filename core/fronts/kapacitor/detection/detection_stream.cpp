// The stream edge: single points in, and out what is said of each, or of the windows that they make.
#include <bit>

#include "detection/detection.hpp"

namespace oddity::kapacitor {

bool Detection::stream_point(wire::Bytes body, wire::Responses& out) {
  start_without_restore();
  // The first ten points may come within a moment of each other, before the daemon takes requests.
  if (std::has_single_bit(++points_)) look_at_daemon();
  const window::GroupWindow* window = nullptr;
  if (!stream_->point(body, window)) return false;
  if (window == nullptr) return true;
  if (stream_->judges_each()) {
    answer_point(body, *window, out);
  } else {
    answers_.of_window(*window, ready_.engine->judge(*window), out);
  }
  tell_group_that_starts_fresh(*window);
  return true;
}

void Detection::answer_point(wire::Bytes body, const window::GroupWindow& window, wire::Responses& out) {
  const detect::Verdict& verdict = ready_.engine->judge(window);
  const wire::PointHead& head = stream_->head();
  if (!ready_.options.pass_through) {
    answers_.of_point(window, head, verdict, out);
  } else if (!answers_.hand_on(body, head, verdict, out) && unsent_++ == 0) {
    log_.line(
        "group '{}': a point has no field that Kapacitor could take back (none is finite): such points are "
        "not "
        "handed on, and counted in the line at the end (logged once)",
        head.group);
  }
  if (!repeated_told_ && ready_.engine->totals().repeated != 0) {
    repeated_told_ = true;
    log_.line(
        "group '{}' has several points of one time: each is judged, of those that are normal the first is "
        "learned (logged once; .groupBy() keeps series apart)",
        head.group);
  }
}

/// What the line at the restore says of the windows that were open. They are worth less than what was learned,
/// so they never stand in its way.
std::string Detection::take_up_windows(std::string_view saved) {
  if (saved.empty()) return {};
  try {
    if (!stream_) throw StateError("the function is on the batch edge now");
    stream_->restore(saved);
    return fmt::format(", {} points in open windows", stream_->waiting());
  } catch (const StateError& unusable) {
    return fmt::format("; open windows are not used: {}", unusable.what());
  }
}

void Detection::tell_points() const {
  const auto totals = ready_.engine->totals();
  if (stream_->judges_each()) {
    log_.line(
        "of {} points {} came with an earlier time than the one before in their group, {} with the same; {} "
        "could not be handed on",
        points_, totals.backwards, totals.repeated, unsent_);
  } else {
    log_.line(
        "of {} points {} were late and {} in windows that never finished: dropped; {} are in open windows",
        points_, stream_->late(), stream_->dropped(), stream_->waiting());
  }
}

}  // namespace oddity::kapacitor
