// Saving and restoring the engine: from groups to what a state says of them, and back.
#include <algorithm>
#include <functional>
#include <span>

#include "detect/engine.hpp"
#include "detect/saved_state.hpp"

namespace oddity::detect {
namespace {

void add_reason(std::string& dropped, const std::string& why) { dropped += (dropped.empty() ? "" : "; ") + why; }

/// Finds the sensor of today that `saved` names; says in `dropped` why there is none.
Engine::Place place_of(const SavedSensor& saved, const std::vector<Subject>& subjects, std::string& dropped) {
  std::string why = "is not watched any more";
  for (std::size_t s = 0; s < subjects.size(); ++s) {
    for (std::size_t i = 0; i < subjects[s].sensors.size(); ++i) {
      const Sensor& sensor = subjects[s].sensors[i];
      if (sensor.key != saved.key) continue;
      const auto& description = sensor.chosen->algorithm->description();
      if (saved.shape != sensor.chosen->state_shape) {
        why = fmt::format("was saved with {}, now runs with {}", saved.shape, sensor.chosen->state_shape);
      } else if (saved.version < description.oldest_state_version || saved.version > description.state_version) {
        why = fmt::format("has state version {}, the plugin reads {} to {}", saved.version,
                          description.oldest_state_version, description.state_version);
      } else {
        return {s, i, true};
      }
    }
  }
  std::string shown = saved.key;
  std::replace(shown.begin(), shown.end(), '\0', ' ');
  add_reason(dropped, fmt::format("'{}' {}", shown, why));
  return {};
}

}  // namespace

std::string Engine::save_group(GroupTable::Entry& entry, std::uint64_t rank) {
  SavedGroup saved{entry.key, rank, entry.group.last_end, {}};
  std::vector<std::string> bytes;  // of the detectors, as long as `saved` refers to them
  std::size_t sensors = 0;
  for (const Learner& learner : entry.group.learners) sensors += learner.detectors.size();
  bytes.reserve(sensors);
  for (std::size_t s = 0; s < subjects_.size(); ++s) {
    Learner& learner = entry.group.learners[s];
    for (std::size_t i = 0; i < learner.detectors.size(); ++i) {
      const Sensor& sensor = subjects_[s].sensors[i];
      std::string& own = bytes.emplace_back();
      SavedDetector detector{bytes.size() - 1, learner.last_learned, learner.last_seen, true, {}};
      try {
        const auto running = inside(sensor, &entry.key);
        learner.detectors[i].snapshot(own);
      } catch (const plugin::Failure& failure) {
        start_again(learner.detectors[i], sensor, subjects_[s], entry.key, failure.what());
        own.clear();
        detector.there = false;
      }
      detector.bytes = own;
      saved.detectors.push_back(detector);
    }
  }
  return write_group(saved);
}

Engine::Saved Engine::save(const state::Origin& origin, std::size_t most_bytes) {
  std::vector<SavedSensor> sensors;
  for (const Subject& subject : subjects_) {
    for (const Sensor& sensor : subject.sensors)
      sensors.push_back({sensor.key, sensor.chosen->algorithm->description().state_version, sensor.chosen->state_shape});
  }

  // From the latest used on, as long as there is room; then in order of the keys.
  std::vector<std::pair<std::string_view, std::string>> groups;
  std::size_t bytes = state::envelope_bytes + write_state(sensors, latest_end_, {}).size();
  std::uint64_t rank = 0;  // 0: the latest used
  for (auto entry = groups_.order().rbegin(); entry != groups_.order().rend(); ++entry) {
    std::string group = save_group(*entry, rank++);
    bytes += group.size();
    if (bytes > most_bytes) break;
    groups.emplace_back(entry->key, std::move(group));
  }
  std::ranges::sort(groups, {}, &std::pair<std::string_view, std::string>::first);
  std::string all;
  for (const auto& [key, group] : groups) all += group;
  return {state::seal(write_state(sensors, latest_end_, all), origin), groups_.size() - groups.size()};
}

/// What a group of the state becomes today: its detectors, those that have no place any more left out.
GroupTable::Entry Engine::restored_group(const SavedGroup& saved, const SavedState& state,
                                         std::span<const Place> places, Restored& restored) {
  GroupTable::Entry entry{std::string(saved.key), fresh_group()};
  entry.group.last_end = saved.last_end;
  for (const SavedDetector& detector : saved.detectors) {
    const Place place = places[detector.sensor];
    if (!place.usable || !detector.there) continue;
    Learner& learner = entry.group.learners[place.subject];
    const Sensor& sensor = subjects_[place.subject].sensors[place.sensor];
    const auto running = inside(sensor, &entry.key);
    std::string why;
    if (!learner.detectors[place.sensor].restore(detector.bytes, state.sensors[detector.sensor].version, why)) {
      learner.detectors[place.sensor] = make(sensor, subjects_[place.subject]);
      if (std::exchange(restored.refused, true)) continue;  // told once
      add_reason(restored.dropped, fmt::format("a detector of group '{}' refuses its state: {}", entry.key, why));
      continue;
    }
    learner.last_learned = std::max(learner.last_learned, detector.last_learned);
    learner.last_seen = std::max(learner.last_seen, detector.last_seen);
    ++restored.detectors;
  }
  return entry;
}

void Engine::restore_groups(const SavedState& state, Restored& restored) {
  std::vector<Place> places;
  for (const SavedSensor& sensor : state.sensors) places.push_back(place_of(sensor, subjects_, restored.dropped));
  std::vector<std::pair<std::uint64_t, GroupTable::Entry>> ranked;
  for (const SavedGroup& group : state.groups)
    ranked.emplace_back(group.rank, restored_group(group, state, places, restored));
  std::ranges::stable_sort(ranked, std::greater(), [](const auto& group) { return group.first; });
  for (auto& [rank, entry] : ranked) {
    if (groups_.use(entry.key) != nullptr) throw StateError("a group stands in the state twice");
    groups_.add(std::move(entry.key), std::move(entry.group));
  }
  groups_.keep_newest(plan_.max_groups);
}

Engine::Restored Engine::restore(const state::Opened& opened) {
  Restored restored;
  restored.origin = opened.origin;
  GroupTable groups = std::exchange(groups_, {});
  try {
    const SavedState state = read_state(opened);
    restore_groups(state, restored);
    latest_end_ = state.latest_end;
    for (const std::string& part : state.unknown) add_reason(restored.dropped, part + " is not known to this version");
  } catch (const std::exception& unusable) {
    groups_ = std::move(groups);
    throw state::EnvelopeError(unusable.what());
  }
  restored.groups = groups_.size();
  return restored;
}

}  // namespace oddity::detect
