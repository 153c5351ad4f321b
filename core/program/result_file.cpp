#include "result_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>

#include "base/error.hpp"

namespace oddity::program {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t held_at_most = std::size_t{1} << 16;

bool is_stream(const std::string& path) { return path.empty() || path == "-"; }

/// A device file must be written to, not replaced: renaming onto it would remove it.
bool is_device(const fs::path& path) {
  const std::string text = fs::absolute(path).lexically_normal().string();
  return text.starts_with("/dev/") || text.starts_with("/proc/");
}

/// Also where a symbolic link leads to a device.
bool leads_to_device(fs::path path) {
  std::error_code none;
  for (int links = 0; links < 40; ++links) {
    if (is_device(path)) return true;
    if (!fs::is_symlink(fs::symlink_status(path, none))) return false;
    const fs::path target = fs::read_symlink(path, none);
    path = target.is_absolute() ? target : path.parent_path() / target;
  }
  return false;
}

/// A file by its number, not its name: an ordinary one that is there.
std::optional<std::pair<dev_t, ino_t>> identity(const std::string& path, int stream) {
  struct stat status {};
  const bool known = (is_stream(path) ? ::fstat(stream, &status) : ::stat(path.c_str(), &status)) == 0;
  if (!known || !S_ISREG(status.st_mode)) return std::nullopt;
  return std::pair(status.st_dev, status.st_ino);
}

/// Where a file would be made that is not there yet.
fs::path future(const std::string& path) {
  std::error_code none;
  return fs::weakly_canonical(fs::absolute(ReplacedFile::followed(path)), none);
}

std::string shown(const std::string& path, const char* stream) {
  return is_stream(path) ? stream : "'" + path + "'";
}

}  // namespace

void require_apart(const std::vector<NamedFile>& inputs, const std::vector<NamedFile>& outputs) {
  std::vector<Diagnostic> diagnostics;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const NamedFile& output = outputs[i];
    const auto out = identity(output.path, STDOUT_FILENO);
    for (const NamedFile& input : inputs) {
      if (input.path.empty() || !out || out != identity(input.path, STDIN_FILENO)) continue;
      diagnostics.push_back({fmt::format("option '{}'", output.option), "a file that is not an input as well",
                             fmt::format("{}, which is the same file as {} {}", shown(output.path, "stdout"),
                                         input.option, shown(input.path, "stdin")),
                             "name another"});
    }
    for (std::size_t j = 0; j < i; ++j) {
      const NamedFile& other = outputs[j];
      const bool same = out ? out == identity(other.path, STDOUT_FILENO)
                            : !is_stream(output.path) && !is_stream(other.path) &&
                                  !leads_to_device(output.path) && future(output.path) == future(other.path);
      if (!same) continue;
      diagnostics.push_back({fmt::format("options '{}' and '{}'", other.option, output.option),
                             "a file for each", fmt::format("{} for both", shown(output.path, "stdout")),
                             "name another for one of them"});
    }
  }
  if (!diagnostics.empty()) throw Error(std::move(diagnostics));
}

bool same_input(const std::string& one, const std::string& other) {
  const auto file = identity(one, STDIN_FILENO);
  return file && file == identity(other, STDIN_FILENO);
}

ResultFile::ResultFile(const std::string& option, const std::string& path)
    : option_(is_stream(path) ? "stdout" : "option '" + option + "'") {
  if (is_stream(path)) {
    descriptor_ = ::dup(STDOUT_FILENO);
    return;
  }
  struct stat status {};
  const bool there = ::stat(path.c_str(), &status) == 0;
  if (leads_to_device(path) || (there && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode))) {
    descriptor_ = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    if (descriptor_ < 0) {
      throw Error(
          {option_, "a file that can be written", fmt::format("'{}': {}", path, std::strerror(errno)), ""});
    }
    return;
  }
  file_ = std::make_unique<ReplacedFile>(
      path, ReplacedFile::Wording{fmt::format("{}, '{}'", option_, path), "a file that can be written", ""});
}

ResultFile::~ResultFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void ResultFile::write(std::string_view bytes) {
  held_ += bytes;
  if (held_.size() >= held_at_most) flush();
}

void ResultFile::flush() {
  if (file_ != nullptr) {
    file_->write(held_);
    held_.clear();
    return;
  }
  std::string_view left = held_;
  while (!left.empty()) {
    const ssize_t wrote = ::write(descriptor_, left.data(), left.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) throw Error({option_, "room for the results", std::strerror(errno), ""});
    left.remove_prefix(static_cast<std::size_t>(wrote));
  }
  held_.clear();
}

void ResultFile::finish() {
  flush();
  if (file_ != nullptr) file_->commit();
}

void finish_together(std::initializer_list<ResultFile*> files) {
  for (ResultFile* const file : files)
    if (file != nullptr) file->flush();
  for (ResultFile* const file : files)
    if (file != nullptr) file->finish();
}

}  // namespace oddity::program
