#include "inspect/inspection.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>

#include "base/error.hpp"
#include "detect/saved_state.hpp"
#include "oddity/state.hpp"
#include "state/envelope.hpp"

namespace oddity::inspect {
namespace {

/// A state writes the least of all times for one that has not come yet.
std::optional<std::int64_t> time_of(std::int64_t saved) {
  return saved == std::numeric_limits<std::int64_t>::min() ? std::nullopt : std::optional(saved);
}

/// The key is the algorithm, and each field behind a zero byte.
Detector detector_of(const detect::SavedSpec& spec) {
  Detector detector;
  detector.state_version = spec.version;
  detector.shape = spec.shape;
  std::string_view rest = spec.key;
  const auto take = [&] {
    const std::string_view part = rest.substr(0, rest.find('\0'));
    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    return std::string(part);
  };
  detector.algorithm = take();
  while (!rest.empty()) detector.fields.push_back(take());
  return detector;
}

Group group_of(const detect::SavedGroup& saved, std::vector<Detector>& detectors) {
  Group group{std::string(saved.key), time_of(saved.last_end), saved.rank, {}};
  for (const detect::SavedDetector& instance : saved.detectors) {
    Detector& detector = detectors[instance.spec];
    ++detector.groups;
    detector.unsaved += instance.there ? 0 : 1;
    detector.bytes += instance.bytes.size();
    group.instances.push_back({instance.spec, instance.there, instance.bytes.size(),
                               time_of(instance.last_learned), time_of(instance.last_seen)});
  }
  return group;
}

Inspection read(std::string_view bytes) {
  const state::Opened opened = state::open(bytes);
  const detect::SavedState saved = detect::read_state(opened);
  Inspection inspection;
  inspection.bytes = bytes.size();
  inspection.format = opened.format;
  inspection.run = state::to_text(opened.origin.run);
  inspection.counter = opened.origin.counter;
  inspection.latest_end = time_of(saved.latest_end);
  inspection.open_windows = saved.open_windows.size();
  inspection.unknown = saved.unknown;
  for (const detect::SavedSpec& spec : saved.specs) inspection.detectors.push_back(detector_of(spec));
  for (const detect::SavedGroup& group : saved.groups)
    inspection.groups.push_back(group_of(group, inspection.detectors));
  return inspection;
}

}  // namespace

std::string Detector::name() const {
  return fields.empty() ? algorithm : fmt::format("{} of {}", algorithm, fmt::join(fields, ", "));
}

Inspection inspect(const std::string& name, std::string_view bytes) {
  const auto unusable = [&](const char* why) {
    return Error(
        {fmt::format("state '{}'", name), "a whole state that Oddity saved", "one that cannot be used", why});
  };
  try {
    return read(bytes);
  } catch (const state::EnvelopeError& wrong) {
    throw unusable(wrong.what());
  } catch (const StateError& wrong) {
    throw unusable(wrong.what());
  }
}

}  // namespace oddity::inspect
