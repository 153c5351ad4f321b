// Saving and restoring the engine: the content of the envelope.
//
// Content: a list of sensors (key, state version, shape of the options), then the groups in order of their
// keys, and for each its last end, its learners' times, and the bytes of its detectors, by the list's order.
#include <algorithm>
#include <map>
#include <optional>

#include "detect/engine.hpp"
#include "detect/group.hpp"
#include "state/envelope.hpp"

namespace oddity::detect {
namespace {

std::int32_t append(void* context, const void* bytes, std::uint64_t size) {
  static_cast<std::string*>(context)->append(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
  return 0;
}

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

std::string Engine::save() const {
  std::string content;
  const oddity_sink sink{&content, &append};
  StateWriter writer(sink);
  std::uint32_t sensors = 0;
  for (const Subject& subject : subjects_) sensors += static_cast<std::uint32_t>(subject.sensors.size());
  writer.write(std::uint64_t{sensors});
  for (const Subject& subject : subjects_) {
    for (const Sensor& sensor : subject.sensors) {
      writer.write(std::string_view(sensor.key));
      writer.write(sensor.chosen->algorithm->description().state_version);
      writer.write(std::string_view(sensor.chosen->state_shape));
    }
  }
  std::map<std::string_view, const Group*> ordered;
  for (const auto& [key, group] : groups_) ordered.emplace(key, &group);
  writer.write(std::uint64_t{ordered.size()});
  std::string bytes;
  for (const auto& [key, group] : ordered) {
    writer.write(key);
    writer.write(group->last_end);
    for (const Learner& learner : group->learners) {
      for (const plugin::Detector& detector : learner.detectors) {
        writer.write(learner.last_learned);
        writer.write(learner.last_seen);
        bytes.clear();
        detector.snapshot(bytes);
        writer.write(std::string_view(bytes));
      }
    }
  }
  return state::seal(content);
}

Engine::Restored Engine::restore(std::string_view bytes) {
  StateReader reader(state::open(bytes));
  Restored restored;
  Groups groups = std::exchange(groups_, {});
  try {
    std::vector<SavedSensor> saved;
    for (std::uint64_t left = reader.read_count(8 + 4 + 8); left > 0; --left) {
      saved.push_back(match(subjects_, reader, restored.dropped));
    }
    std::optional<std::string> refusal;
    for (std::uint64_t left = reader.read_count(8 + 8); left > 0; --left) {
      Group& group = group_of(std::string(reader.read_text()));
      group.last_end = reader.read<std::int64_t>();
      for (const SavedSensor& sensor : saved) {
        const auto last_learned = reader.read<std::int64_t>();
        const auto last_seen = reader.read<std::int64_t>();
        const std::string_view detector_bytes = reader.read_text();
        if (!sensor.usable) continue;
        Learner& learner = group.learners[sensor.subject];
        std::string why;
        plugin::Detector& detector = learner.detectors[sensor.sensor];
        if (!detector.restore(detector_bytes, sensor.version, why)) {
          detector = make(subjects_[sensor.subject].sensors[sensor.sensor], subjects_[sensor.subject]);
          if (!refusal)
            refusal =
                fmt::format("a detector of group '{}' refuses its state: {}", groups_.begin()->first, why);
          continue;
        }
        learner.last_learned = std::max(learner.last_learned, last_learned);
        learner.last_seen = std::max(learner.last_seen, last_seen);
        ++restored.detectors;
      }
    }
    reader.expect_end();
    if (refusal) restored.dropped += (restored.dropped.empty() ? "" : "; ") + *refusal;
  } catch (const StateError& damaged) {
    groups_ = std::move(groups);
    throw state::EnvelopeError(damaged.what());
  }
  restored.groups = groups_.size();
  return restored;
}

}  // namespace oddity::detect
