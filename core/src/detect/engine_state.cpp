// Saving and restoring the engine: the content of the envelope.
//
// Content: a list of sensors (key, state version, shape of the options), the end of the latest window, then
// the groups in order of their keys. For each how many were used later, its last end, and by the list's
// order for each detector how far it has come, whether its bytes are there, and its bytes.
#include <algorithm>
#include <functional>
#include <optional>

#include "detect/engine.hpp"
#include "oddity/state.hpp"
#include "plugin/sink.hpp"

namespace oddity::detect {
namespace {

/// A sensor as the state names it, and where its detector is now, if it still has one.
struct SavedSensor {
  std::size_t subject = 0;
  std::size_t sensor = 0;
  std::uint32_t version = 0;
  bool usable = false;
};

/// Finds the sensor of today that `key` names; says in `dropped` why there is none.
SavedSensor match(const std::vector<Subject>& subjects, StateReader& reader, std::string& dropped) {
  const std::string_view key = reader.read_text();
  SavedSensor saved;
  saved.version = reader.read<std::uint32_t>();
  const std::string_view shape = reader.read_text();
  std::string why = "is not watched any more";
  for (std::size_t s = 0; s < subjects.size(); ++s) {
    for (std::size_t i = 0; i < subjects[s].sensors.size(); ++i) {
      const Sensor& sensor = subjects[s].sensors[i];
      if (sensor.key != key) continue;
      const auto& description = sensor.chosen->algorithm->description();
      saved.subject = s;
      saved.sensor = i;
      if (shape != sensor.chosen->state_shape) {
        why = fmt::format("was saved with {}, now runs with {}", shape, sensor.chosen->state_shape);
      } else if (saved.version < description.oldest_state_version ||
                 saved.version > description.state_version) {
        why = fmt::format("has state version {}, the plugin reads {} to {}", saved.version,
                          description.oldest_state_version, description.state_version);
      } else {
        saved.usable = true;
        return saved;
      }
    }
  }
  std::string shown(key);
  std::replace(shown.begin(), shown.end(), '\0', ' ');
  dropped += fmt::format("{}'{}' {}", dropped.empty() ? "" : "; ", shown, why);
  return saved;
}

}  // namespace

std::string Engine::save_group(GroupTable::Entry& entry, std::uint64_t rank) {
  std::string content;
  const oddity_sink sink = plugin::appending_to(content);
  StateWriter writer(sink);
  writer.write(std::string_view(entry.key));
  writer.write(rank);
  writer.write(entry.group.last_end);
  std::string bytes;
  for (std::size_t s = 0; s < subjects_.size(); ++s) {
    Learner& learner = entry.group.learners[s];
    for (std::size_t i = 0; i < learner.detectors.size(); ++i) {
      const Sensor& sensor = subjects_[s].sensors[i];
      bytes.clear();
      std::uint8_t there = 1;
      try {
        const auto running = inside(sensor, &entry.key);
        learner.detectors[i].snapshot(bytes);
      } catch (const plugin::Failure& failure) {
        start_again(learner.detectors[i], sensor, subjects_[s], entry.key, failure.what());
        bytes.clear();
        there = 0;
      }
      writer.write(learner.last_learned);
      writer.write(learner.last_seen);
      writer.write(there);
      writer.write(std::string_view(bytes));
    }
  }
  return content;
}

Engine::Saved Engine::save(const state::Origin& origin, std::size_t most_bytes) {
  std::string content;
  const oddity_sink sink = plugin::appending_to(content);
  StateWriter writer(sink);
  std::uint64_t sensors = 0;
  for (const Subject& subject : subjects_) sensors += subject.sensors.size();
  writer.write(sensors);
  for (const Subject& subject : subjects_) {
    for (const Sensor& sensor : subject.sensors) {
      writer.write(std::string_view(sensor.key));
      writer.write(sensor.chosen->algorithm->description().state_version);
      writer.write(std::string_view(sensor.chosen->state_shape));
    }
  }
  writer.write(latest_end_);

  // From the latest used on, as long as there is room; then in order of the keys.
  std::vector<std::pair<std::string_view, std::string>> groups;
  std::size_t bytes = state::envelope_bytes + content.size() + 8;  // and the number of groups
  std::uint64_t rank = 0;                                          // 0: the latest used
  for (auto entry = groups_.order().rbegin(); entry != groups_.order().rend(); ++entry) {
    std::string group = save_group(*entry, rank++);
    bytes += group.size();
    if (bytes > most_bytes) break;
    groups.emplace_back(entry->key, std::move(group));
  }
  std::ranges::sort(groups, {}, &std::pair<std::string_view, std::string>::first);
  writer.write(std::uint64_t{groups.size()});
  for (const auto& [key, group] : groups) content += group;
  return {state::seal(content, origin), groups_.size() - groups.size()};
}

void Engine::restore_groups(StateReader& reader, Restored& restored) {
  std::vector<SavedSensor> saved;
  for (std::uint64_t left = reader.read_count(8 + 4 + 8); left > 0; --left)
    saved.push_back(match(subjects_, reader, restored.dropped));
  latest_end_ = reader.read<std::int64_t>();

  std::vector<std::pair<std::uint64_t, GroupTable::Entry>> ranked;
  std::optional<std::string> refusal;
  for (std::uint64_t left = reader.read_count(8 + 8 + 8); left > 0; --left) {
    GroupTable::Entry entry{std::string(reader.read_text()), fresh_group()};
    const auto rank = reader.read<std::uint64_t>();
    entry.group.last_end = reader.read<std::int64_t>();
    for (const SavedSensor& sensor : saved) {
      const auto last_learned = reader.read<std::int64_t>();
      const auto last_seen = reader.read<std::int64_t>();
      const bool there = reader.read<std::uint8_t>() == 1;
      const std::string_view bytes = reader.read_text();
      if (!sensor.usable || !there) continue;
      Learner& learner = entry.group.learners[sensor.subject];
      const Sensor& today = subjects_[sensor.subject].sensors[sensor.sensor];
      plugin::Detector& detector = learner.detectors[sensor.sensor];
      const auto running = inside(today, &entry.key);
      std::string why;
      if (!detector.restore(bytes, sensor.version, why)) {
        detector = make(today, subjects_[sensor.subject]);
        if (!refusal) refusal = fmt::format("a detector of group '{}' refuses its state: {}", entry.key, why);
        continue;
      }
      learner.last_learned = std::max(learner.last_learned, last_learned);
      learner.last_seen = std::max(learner.last_seen, last_seen);
      ++restored.detectors;
    }
    ranked.emplace_back(rank, std::move(entry));
  }
  reader.expect_end();
  if (refusal) restored.dropped += (restored.dropped.empty() ? "" : "; ") + *refusal;

  std::ranges::stable_sort(ranked, std::greater(), [](const auto& group) { return group.first; });
  for (auto& [rank, entry] : ranked) {
    if (groups_.use(entry.key) != nullptr) throw StateError("a group stands in the state twice");
    groups_.add(std::move(entry.key), std::move(entry.group));
  }
  groups_.keep_newest(plan_.max_groups);
}

Engine::Restored Engine::restore(std::string_view bytes) {
  const state::Opened opened = state::open(bytes);
  StateReader reader(opened.content);
  Restored restored;
  restored.origin = opened.origin;
  GroupTable groups = std::exchange(groups_, {});
  const std::int64_t latest_end = latest_end_;
  try {
    restore_groups(reader, restored);
  } catch (const std::exception& unusable) {
    groups_ = std::move(groups);
    latest_end_ = latest_end;
    throw state::EnvelopeError(unusable.what());
  }
  restored.groups = groups_.size();
  return restored;
}

}  // namespace oddity::detect
