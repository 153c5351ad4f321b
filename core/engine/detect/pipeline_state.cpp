// Saving and restoring a pipeline: from groups to what a state says of them, and back.
#include <algorithm>
#include <functional>
#include <span>
#include <utility>

#include "detect/pipeline.hpp"
#include "detect/saved_state.hpp"
#include "detect/stage_texts.hpp"
#include "state/sections.hpp"

namespace oddity::detect {
namespace {

void add_reason(std::string& dropped, const std::string& why) {
  dropped += (dropped.empty() ? "" : "; ") + why;
}

/// Finds the detector of the current plan that `saved` names; says in `dropped` why there is none.
Pipeline::Place place_of(const SavedSpec& saved, const std::vector<FieldSet>& field_sets,
                         std::string& dropped) {
  std::string why = "is not watched any more";
  for (std::size_t s = 0; s < field_sets.size(); ++s) {
    for (std::size_t i = 0; i < field_sets[s].specs.size(); ++i) {
      const DetectorSpec& spec = field_sets[s].specs[i];
      if (spec.key != saved.key) continue;
      const auto& description = spec.chosen->algorithm->description();
      if (saved.shape != spec.chosen->state_shape) {
        why = fmt::format("was saved with {}, now runs with {}", saved.shape, spec.chosen->state_shape);
      } else if (saved.version < description.oldest_state_version ||
                 saved.version > description.state_version) {
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

void save_group_stages(const Group& group, StageTexts& texts) {
  if (group.spacing.usual() == 0 && group.rest.empty()) return;
  texts.add(Stage::of_group, 0, [&](StateWriter& out) {
    group.spacing.snapshot(out);
    group.rest.save(out);
  });
}

template <class Column>
void save_columns(Stage stage, std::size_t spec, const std::vector<Column>& columns, StageTexts& texts) {
  if (columns.empty()) return;
  texts.add(stage, spec, [&](StateWriter& out) {
    out.write(std::uint64_t{columns.size()});
    for (const Column& column : columns) column.save(out);
  });
}

/// `first`: the number of the series' first detector.
void save_series_stages(const SeriesState& series, std::size_t first, StageTexts& texts) {
  texts.add(Stage::series, first, [&](StateWriter& out) {
    out.write(series.windows);
    out.write(series.first_end);
    out.write(series.run.windows);
    out.write(series.run.begin);
  });
  for (std::size_t i = 0; i < series.detectors.size(); ++i) {
    const DetectorState& detector = series.detectors[i];
    if (!detector.calibration.empty())
      texts.add(Stage::calibration, first + i, [&](StateWriter& out) { detector.calibration.save(out); });
    if (!detector.rest.empty())
      texts.add(Stage::rest, first + i, [&](StateWriter& out) { detector.rest.save(out); });
  }
  save_columns(Stage::variations, first, series.variations, texts);
  save_columns(Stage::correlations, first, series.correlations, texts);
}

template <class Column>
void restore_columns(std::vector<Column>& columns, StateReader& in) {
  if (in.read<std::uint64_t>() != columns.size()) throw StateError("a stage has another number of columns");
  for (Column& column : columns) column.restore(in);
}

void restore_series(SeriesState& series, StateReader& in) {
  series.windows = in.read<std::int64_t>();
  series.first_end = in.read<std::int64_t>();
  series.run.windows = in.read<std::int64_t>();
  series.run.begin = in.read<std::int64_t>();
  constexpr std::int64_t max_windows = std::int64_t{1} << 60;
  if (series.windows < 0 || series.windows > max_windows || series.run.windows < 0 ||
      series.run.windows > max_windows)
    throw StateError("a number of windows cannot be one");
}

}  // namespace

std::string Pipeline::save_group(GroupTable::Entry& entry, std::uint64_t rank) {
  SavedGroup saved{entry.key, rank, entry.group.last_end, {}, {}};
  StageTexts texts;
  save_group_stages(entry.group, texts);
  std::vector<std::string> bytes;  // of the detectors, as long as `saved` refers to them
  std::size_t specs = 0;
  for (const SeriesState& series : entry.group.series) specs += series.detectors.size();
  bytes.reserve(specs);
  for (std::size_t s = 0; s < field_sets_.size(); ++s) {
    SeriesState& series = entry.group.series[s];
    for (std::size_t i = 0; i < series.detectors.size(); ++i) {
      const DetectorSpec& spec = field_sets_[s].specs[i];
      std::string& own = bytes.emplace_back();
      SavedDetector detector{bytes.size() - 1, series.last_learned, series.last_seen, true, {}};
      try {
        const auto running = inside(spec, &entry.key);
        series.detectors[i].detector.snapshot(own);
      } catch (const plugin::Failure& failure) {
        start_again(series.detectors[i].detector, spec, field_sets_[s], entry.key, failure.what());
        own.clear();
        detector.there = false;
      }
      detector.bytes = own;
      saved.detectors.push_back(detector);
    }
    const std::size_t first = bytes.size() - series.detectors.size();
    save_series_stages(series, first, texts);
    save_candidates(series, field_sets_[s], entry.key, first, texts);
  }
  saved.stages = texts.stages();
  return write_group(saved);
}

/// One that fails to save ends the run, which then starts anew.
void Pipeline::save_candidates(SeriesState& series, const FieldSet& field_set, const std::string& group,
                               std::size_t first, StageTexts& texts) {
  try {
    for (std::size_t i = 0; i < series.run.candidates.size(); ++i) {
      const auto running = inside(field_set.specs[i], &group);
      std::string bytes;
      series.run.candidates[i].snapshot(bytes);
      texts.add(Stage::candidate, first + i, bytes);
    }
  } catch (const plugin::Failure& failure) {
    give_up_run(series, group, failure.what());
  }
}

Pipeline::Saved Pipeline::save(const state::Origin& origin, std::size_t max_bytes,
                               std::string_view open_windows) {
  std::vector<SavedSpec> specs;
  for (const FieldSet& field_set : field_sets_) {
    for (const DetectorSpec& spec : field_set.specs)
      specs.push_back(
          {spec.key, spec.chosen->algorithm->description().state_version, spec.chosen->state_shape});
  }

  // From the latest used on, as long as there is room; then in order of the keys.
  std::vector<std::pair<std::string_view, std::string>> groups;
  std::size_t bytes = state::envelope_bytes + write_state(specs, latest_end_, {}).size();
  std::uint64_t rank = 0;  // 0: the latest used
  for (auto entry = groups_.order().rbegin(); entry != groups_.order().rend(); ++entry) {
    std::string group = save_group(*entry, rank++);
    bytes += group.size();
    if (bytes > max_bytes) break;
    groups.emplace_back(entry->key, std::move(group));
  }
  std::ranges::sort(groups, {}, &std::pair<std::string_view, std::string>::first);
  std::string all;
  for (const auto& [key, group] : groups) all += group;
  // What was learned is worth more than a window that is made anew.
  const bool fits =
      bytes <= max_bytes && open_windows.size() + state::Section::header_bytes <= max_bytes - bytes;
  const bool left_out = !open_windows.empty() && !fits;
  return {
      state::seal(write_state(specs, latest_end_, all, left_out ? std::string_view() : open_windows), origin),
      groups_.size() - groups.size(), left_out};
}

/// A group of the state under the current plan: detectors that no longer have a place are left out.
GroupTable::Entry Pipeline::restored_group(const SavedGroup& saved, const SavedState& state,
                                           std::span<const Place> places, Restored& restored) {
  GroupTable::Entry entry{std::string(saved.key), fresh_group()};
  entry.group.last_end = saved.last_end;
  std::vector<bool> fresh(state.specs.size(), true);  // detectors that did not come back
  for (const SavedDetector& detector : saved.detectors) {
    const Place place = places[detector.spec];
    if (!place.usable || !detector.there) continue;
    SeriesState& series = entry.group.series[place.field_set];
    const DetectorSpec& spec = field_sets_[place.field_set].specs[place.spec];
    const auto running = inside(spec, &entry.key);
    std::string why;
    plugin::Detector& own = series.detectors[place.spec].detector;
    if (!own.restore(detector.bytes, state.specs[detector.spec].version, why)) {
      own = make(spec, field_sets_[place.field_set]);
      if (std::exchange(restored.refused, true)) continue;  // told once
      add_reason(restored.dropped,
                 fmt::format("a detector of group '{}' refuses its state: {}", entry.key, why));
      continue;
    }
    series.last_learned = std::max(series.last_learned, detector.last_learned);
    series.last_seen = std::max(series.last_seen, detector.last_seen);
    fresh[detector.spec] = false;
    ++restored.detectors;
  }
  for (const SavedStage& stage : saved.stages) {
    if (stage.stage == Stage::of_group || (places[stage.spec].usable && !fresh[stage.spec]))
      restore_stage(stage, state, places, entry);
  }
  for (SeriesState& series : entry.group.series) {
    if (series.run.candidates.size() != series.detectors.size() || plan_.relearn_after.none())
      series.run = {};
  }
  return entry;
}

/// What no longer has a place in the plan is passed over.
void Pipeline::restore_stage(const SavedStage& stage, const SavedState& state, std::span<const Place> places,
                             GroupTable::Entry& entry) const {
  StateReader in(std::as_bytes(std::span(stage.bytes)));
  if (stage.stage == Stage::of_group) {
    entry.group.spacing.restore(in);
    entry.group.rest.restore(in);
    return in.expect_end();
  }
  const Place place = places[stage.spec];
  SeriesState& series = entry.group.series[place.field_set];
  DetectorState& detector = series.detectors[place.spec];
  switch (stage.stage) {
    case Stage::calibration:
      detector.calibration.restore(in);
      break;
    case Stage::rest:
      detector.rest.restore(in);
      break;
    case Stage::series:
      restore_series(series, in);
      break;
    case Stage::variations:
      if (series.variations.empty()) return;
      restore_columns(series.variations, in);
      break;
    case Stage::correlations:
      if (series.correlations.empty()) return;
      restore_columns(series.correlations, in);
      break;
    default:
      return restore_candidate(stage, state.specs[stage.spec].version, place, entry);
  }
  in.expect_end();
}

void Pipeline::restore_candidate(const SavedStage& stage, std::uint32_t version, Place place,
                                 GroupTable::Entry& entry) const {
  const FieldSet& field_set = field_sets_[place.field_set];
  const DetectorSpec& spec = field_set.specs[place.spec];
  const auto running = inside(spec, &entry.key);
  plugin::Detector candidate = make(spec, field_set);
  std::string why;
  if (candidate.restore(stage.bytes, version, why))
    entry.group.series[place.field_set].run.candidates.push_back(std::move(candidate));
}

void Pipeline::restore_groups(const SavedState& state, Restored& restored) {
  std::vector<Place> places;
  for (const SavedSpec& spec : state.specs) places.push_back(place_of(spec, field_sets_, restored.dropped));
  std::vector<const SavedGroup*> ranked;
  for (const SavedGroup& group : state.groups) ranked.push_back(&group);
  std::ranges::stable_sort(ranked, std::greater(), [](const SavedGroup* group) { return group->rank; });
  // A group takes more memory than it may have in the state, so those beyond the limit are not even made.
  const std::size_t beyond = ranked.size() - std::min(ranked.size(), plan_.max_groups);
  if (beyond != 0)
    add_reason(restored.dropped, fmt::format("{} of {} groups, beyond maxGroups {}, first '{}'", beyond,
                                             ranked.size(), plan_.max_groups, ranked.front()->key));
  for (const SavedGroup* group : std::span(ranked).subspan(beyond)) {
    if (groups_.use(group->key) != nullptr) throw StateError("the state has a group twice");
    GroupTable::Entry entry = restored_group(*group, state, places, restored);
    groups_.add(std::move(entry.key), std::move(entry.group));
  }
}

Pipeline::Restored Pipeline::restore(const state::Opened& opened, Taken taken) {
  Restored restored;
  restored.origin = opened.origin;
  GroupTable groups = std::exchange(groups_, {});
  try {
    const SavedState state = read_state(opened);
    restore_groups(state, restored);
    for (const std::string& part : state.unknown)
      add_reason(restored.dropped, part + " is not known to this version");
    if (taken == Taken::whole && !restored.dropped.empty()) throw StateError(restored.dropped);
    latest_end_ = state.latest_end;
    restored.open_windows = state.open_windows;
  } catch (const std::exception& unusable) {
    groups_ = std::move(groups);
    throw state::EnvelopeError(unusable.what());
  }
  restored.groups = groups_.size();
  return restored;
}

}  // namespace oddity::detect
