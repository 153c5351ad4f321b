// What a saved state says, read and checked, before any of it is believed: the same for every format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "state/envelope.hpp"

namespace oddity::detect {

/// A detector that every group has an instance of, as the state names it.
struct SavedSpec {
  std::string key;            ///< algorithm and fields, each behind a zero byte
  std::uint32_t version = 0;  ///< of the plugin's bytes
  std::string shape;          ///< the options without which the bytes mean nothing
};

/// One detector of one group.
struct SavedDetector {
  std::size_t spec = 0;  ///< index into SavedState::specs
  std::int64_t last_learned = 0;
  std::int64_t last_seen = 0;
  bool there = false;      ///< false: it could not be saved
  std::string_view bytes;  ///< the plugin's own
};

/// What the engine remembers beside a detector's own state, one section each: a further one loses nobody's
/// state. The numbers are tags in saved states and keep their meaning for ever.
enum class Stage : std::uint32_t {
  of_group = 3,     ///< distance of windows, alarms of the group
  calibration = 4,  ///< of a detector: its earlier answers
  rest = 5,         ///< of a detector: its last alarm
  series = 6,       ///< of the detectors of the same columns: how many windows, the anomalous run
  candidate = 7,    ///< of a detector: the one that follows the run, in the plugin's bytes
  variations = 8,   ///< of the detectors of the same columns
  correlations = 9  ///< the same
};
inline constexpr Stage last_stage = Stage::correlations;

/// One of these for one detector, or for the first of those that judge the same columns.
struct SavedStage {
  Stage stage{};
  std::size_t spec = 0;  ///< index into SavedState::specs; of a group's: 0
  std::string_view bytes;
};

struct SavedGroup {
  std::string_view key;
  std::uint64_t rank = 0;  ///< how many groups were used later
  std::int64_t last_end = 0;
  std::vector<SavedDetector> detectors{};
  std::vector<SavedStage> stages{};  ///< those that have something to remember
};

/// Views into the bytes that were opened.
struct SavedState {
  std::vector<SavedSpec> specs;
  std::int64_t latest_end = 0;
  std::vector<SavedGroup> groups;    ///< in order of their keys
  std::string_view open_windows;     ///< of the front, in its own bytes
  std::vector<std::string> unknown;  ///< parts that this version does not know, in words; each kind once
};

/// Reads the content of an envelope, of any format that was ever written. Throws
/// StateError when it contradicts itself.
SavedState read_state(const state::Opened& opened);

/// Writes the newest format: one section for each group, so that the caller can
/// stop when they grow too large.
std::string write_group(const SavedGroup& group);
/// `groups`: what write_group returned for each, concatenated. `open_windows`: empty where there are none.
std::string write_state(std::span<const SavedSpec> specs, std::int64_t latest_end, std::string_view groups,
                        std::string_view open_windows = {});

}  // namespace oddity::detect
