// The lines of a file or of stdin, plain or gzip.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace oddity::replay {

/// 1. LineSource(path), "-" for stdin; throws oddity::Error when it cannot be opened. 2. next(line) until it returns false.
/// A file that breaks off inside (a damaged gzip) throws oddity::Error, too.
class LineSource {
 public:
  explicit LineSource(const std::string& path);

  /// The next line without its newline; a view, valid until the next call.
  bool next(std::string_view& line);
  std::uint64_t line_number() const noexcept { return line_number_; }  ///< of the last line, from 1
  std::uint64_t bytes_read() const noexcept { return bytes_read_; }    ///< of the file as it lies on disk
  std::uint64_t bytes_total() const noexcept { return bytes_total_; }  ///< 0: unknown
  const std::string& name() const noexcept { return name_; }

 private:
  bool fill();

  struct Close {
    void operator()(void* file) const noexcept;
  };
  std::unique_ptr<void, Close> file_;  ///< zlib's gzFile
  std::string name_;
  std::vector<char> buffer_;
  std::size_t at_ = 0;
  std::size_t filled_ = 0;
  std::uint64_t line_number_ = 0;
  std::uint64_t bytes_read_ = 0;
  std::uint64_t bytes_total_ = 0;
};

}  // namespace oddity::replay
