// Tries a plugin in a child process first: what crashes, hangs or prints there costs nothing here.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

namespace oddity::plugin {

/// The child is this program itself, `EXECUTABLE probe FILE`. It has no descriptor of ours but a pipe for its
/// one sentence, and dies with us.
class Probe {
 public:
  explicit Probe(std::filesystem::path executable, std::chrono::milliseconds limit = std::chrono::seconds(10))
      : executable_(std::move(executable)), limit_(limit) {}

  /// Empty: the plugin passed. Otherwise one sentence that names the file and says what is wrong with it.
  std::string run(const std::filesystem::path& file) const;

 private:
  std::filesystem::path executable_;
  std::chrono::milliseconds limit_;
};

/// What the child says when all went well: an exit code alone could come from a plugin that ended the
/// process.
inline constexpr const char* probe_passed = "passed";

/// The child's side: loads the file, creates an instance with its defaults, judges and learns a few windows,
/// saves and restores. Throws oddity::Error or Failure with what went wrong.
void try_plugin(const std::filesystem::path& file);

}  // namespace oddity::plugin
