// A folder of states that processes saved when they stopped, one file for each run.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "state/envelope.hpp"

namespace oddity::state {

/// Kapacitor takes no snapshot at a stop, so up to two of its intervals would be lost. A process therefore
/// saves its last state here, under its run id; the next process is handed an older snapshot by Kapacitor
/// that names the run, and takes the file instead. So deleting a task is a reset, as it always was, and a
/// replay reads nothing of the live task's that Kapacitor did not give it.
///
/// A file is there whole or not at all, whenever the machine stops. Files of other names are never touched.
class Store {
 public:
  /// `folder`: made when it is first written to. `keep`: files older than that go, used or not. `max_bytes`:
  /// beyond that, all files together, the oldest go.
  Store(std::filesystem::path folder, std::chrono::seconds keep, std::uintmax_t max_bytes = UINTMAX_MAX);

  /// The folder of a user's programs' state, "$XDG_STATE_HOME/oddity" or "$HOME/.local/state/oddity"; empty
  /// where the environment has neither.
  static std::filesystem::path user_folder();

  /// Makes the folder and sees whether files can be made in it, so that a stop brings no surprise. Throws
  /// oddity::Error naming it.
  void check() const;
  /// Replaces what the run saved before, on the disk when it returns. Throws oddity::Error naming the file.
  void write(const RunId& run, std::string_view sealed) const;
  /// std::nullopt: the run has saved nothing, or it cannot be read.
  std::optional<std::string> read(const RunId& run) const;
  /// The same, and nobody finds it again; std::nullopt, too, where it is older than `max`.
  std::optional<std::string> take(const RunId& run, std::chrono::seconds max) const;
  /// `run` started from a state of `before`. Once somebody is handed a state of `run`, nobody will be handed
  /// one of `before`: remove_before(run) then removes what that one has saved. Neither throws.
  void note_before(const RunId& run, const RunId& before) const noexcept;
  void remove_before(const RunId& run) const noexcept;

  struct Expired {
    std::size_t by_age = 0, by_size = 0;  ///< files
  };
  /// Removes files of ours that are older than `keep`, and the oldest beyond `max_bytes`. Never throws:
  /// another process may be at it.
  Expired expire() const noexcept;

  const std::filesystem::path& folder() const noexcept { return folder_; }

 private:
  std::filesystem::path file_of(const RunId& run) const;
  std::filesystem::path note_of(const RunId& run) const;

  std::filesystem::path folder_;
  std::chrono::seconds keep_;
  std::uintmax_t max_bytes_;
};

}  // namespace oddity::state
