// A file that appears whole or not at all: written beside its place, flushed to disk, renamed.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace oddity {

/// 1. ReplacedFile(place, wording);
/// 2. write(bytes), as often as it takes;
/// 3. commit(). Until then what lay at the place is untouched; without it (an exception, an early return)
///    what was written is gone.
///
/// While it is written it lies in the folder of its place, unnamed or, where the file system does not support
/// that, as "<name>.<pid>". A place that is a symbolic link stays one: the file it leads to is replaced. Each
/// step that fails throws oddity::Error, worded as given, with what failed and why.
class ReplacedFile {
 public:
  struct Wording {
    std::string where;     ///< "option '--output'", "state '/path'"
    std::string expected;  ///< "a file that can be written"
    std::string hint;      ///< may be empty
  };

  /// `mode`: of the new file, whatever the process's mask; none: that of the file that is replaced, or what a
  /// new file gets.
  ReplacedFile(const std::filesystem::path& place, Wording wording, std::optional<mode_t> mode = {});
  ReplacedFile(const ReplacedFile&) = delete;
  ReplacedFile& operator=(const ReplacedFile&) = delete;
  ~ReplacedFile();

  void write(std::string_view bytes);
  /// On the disk when it returns, its name too.
  void commit();

  const std::filesystem::path& place() const noexcept { return place_; }

  /// Where a write to `path` ends up, symbolic links followed, also those that lead to nothing yet.
  static std::filesystem::path followed(const std::filesystem::path& path);

 private:
  void open(mode_t mode);
  template <class Made>
  void take_name(const Made& made);
  [[noreturn]] void fail(std::string_view what, int error) const;

  std::filesystem::path place_;
  std::filesystem::path unfinished_;  ///< empty: it has no name yet, or that of its place
  Wording wording_;
  int descriptor_ = -1;
};

}  // namespace oddity
