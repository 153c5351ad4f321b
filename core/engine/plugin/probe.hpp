// Tries a plugin in a child process first: what crashes, hangs or prints there costs nothing here.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

namespace oddity::plugin {

/// What an instance holds once its history is full.
struct Measured {
  std::string wrong;          ///< empty: it could be measured
  std::uint64_t size = 0;     ///< of the history; 0: the plugin has no option `size`
  std::uint64_t samples = 0;  ///< how many were learned; 0: the plugin refuses its own defaults
  std::uint64_t memory = 0;   ///< bytes, by its footprint
  std::uint64_t state = 0;    ///< bytes of a snapshot
};

/// The child is `EXECUTABLE probe FILE`, which calls try_plugin. It inherits no descriptor but a file in
/// memory for its one sentence, and ends when this process does. A host that has no such program gives an
/// empty path: every plugin then passes untried.
class Probe {
 public:
  explicit Probe(std::filesystem::path executable, std::chrono::milliseconds limit = std::chrono::seconds(10))
      : executable_(std::move(executable)), limit_(limit) {}

  const std::filesystem::path& executable() const noexcept { return executable_; }

  /// Empty: the plugin passed. Otherwise one sentence that names the file and says what is wrong with it.
  std::string run(const std::filesystem::path& file) const;

  /// The same, and then a full history: option `size` at `size` where the plugin has it, all others at their
  /// defaults, and somewhat more samples than that.
  Measured measure(const std::filesystem::path& file, std::uint64_t size) const;

 private:
  struct Answer {
    std::string wrong;
    std::string said;
  };
  Answer ask(const std::filesystem::path& file, const char* size) const;

  std::filesystem::path executable_;
  std::chrono::milliseconds limit_;
};

/// What the child says when all went well: an exit code alone could come from a
/// plugin that ended the process.
inline constexpr const char* probe_passed = "passed";

/// The child's side: loads the file, creates an instance with its defaults, judges and learns a few windows,
/// saves and restores. Throws oddity::Error or Failure with what went wrong.
void try_plugin(const std::filesystem::path& file);

/// The child's side of Probe::measure; for a plugin that has passed try_plugin.
Measured measure_plugin(const std::filesystem::path& file, std::uint64_t size);

}  // namespace oddity::plugin
