// A folder of states that processes saved when they were stopped, a file a run.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "state/envelope.hpp"

namespace oddity::state {

/// Kapacitor takes no snapshot at a stop, so up to two of its intervals would be lost. A process therefore
/// saves its last state here, under its run id; the next process is handed an older snapshot by Kapacitor
/// that names the run, and takes the file instead. Nothing else ever names a file, so deleting a task is a
/// reset, as it always was, and a replay reads nothing of the live task's that Kapacitor did not give it.
///
/// A file is there whole or not at all, whenever the machine stops. Files of other names are never touched.
class Store {
 public:
  /// `folder`: made when it is first written to. `keep`: files older than that go, used or not.
  Store(std::filesystem::path folder, std::chrono::seconds keep);

  /// The folder of a user's programs' state, "$XDG_STATE_HOME/oddity" or "$HOME/.local/state/oddity"; empty
  /// where the environment has neither.
  static std::filesystem::path user_folder();

  /// Replaces what the run saved before, on the disk when it returns. Throws oddity::Error naming the file.
  void write(const RunId& run, std::string_view sealed) const;
  /// std::nullopt: the run has saved nothing, or it cannot be read.
  std::optional<std::string> read(const RunId& run) const;
  /// Removes files of ours that are older than `keep`; how many. Never throws: another process may be at it.
  std::size_t expire() const noexcept;

  const std::filesystem::path& folder() const noexcept { return folder_; }

 private:
  std::filesystem::path file_of(const RunId& run) const;

  std::filesystem::path folder_;
  std::chrono::seconds keep_;
};

}  // namespace oddity::state
