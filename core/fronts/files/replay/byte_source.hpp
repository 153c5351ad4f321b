// The bytes of a file or of stdin, unpacked where they are gzip or zstd.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "replay/packing.hpp"

namespace oddity::replay {

/// A file that could be opened but not read to its end.
class BrokenInput : public Error {
 public:
  using Error::Error;
};

/// What is wrong with a file that was to be read.
Diagnostic unreadable(const std::string& name, const std::string& found, const std::string& hint = "");

/// 1. ByteSource(path), "-" for stdin; throws oddity::Error when it cannot be opened.
/// 2. read(room) until it returns 0.
///
/// A file that begins as gzip or zstd does is unpacked: all its members, one behind the other, with zeros between
/// or behind them. What is neither a whole member nor zeros throws BrokenInput, so nothing of a file is passed
/// over without a word.
class ByteSource {
 public:
  static constexpr std::size_t usual_block = std::size_t{1} << 18;

  /// `block_bytes`: those of a packed file that are read at once.
  explicit ByteSource(const std::string& path, std::size_t block_bytes = usual_block);
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  ~ByteSource();

  /// Fills the beginning of `room`, which is not empty, and returns how far. 0: the end.
  std::size_t read(std::span<char> room);

  /// Of the file as it lies on disk; may be asked for by a thread that does not read.
  std::uint64_t bytes_read() const noexcept { return bytes_read_; }
  std::uint64_t bytes_total() const noexcept { return bytes_total_; }  ///< 0: unknown
  const std::string& name() const noexcept { return name_; }

 private:
  std::span<const char> held() const noexcept { return std::span(packed_).subspan(at_, filled_ - at_); }
  std::size_t read_file(std::span<char> room);
  bool fill();
  void begin();
  std::size_t copy(std::span<char> room);
  std::size_t unpack(std::span<char> room);
  bool next_member();

  const std::string name_;
  int file_ = -1;
  std::vector<char> packed_;  ///< as the file has them; held from at_ to filled_
  std::size_t at_ = 0;
  std::size_t filled_ = 0;
  bool begun_ = false;
  bool ended_ = false;                ///< the file
  std::unique_ptr<Packing> packing_;  ///< none: the file is plain
  bool room_filled_ = false;          ///< by the last step of it
  std::atomic<std::uint64_t> bytes_read_ = 0;
  std::uint64_t bytes_total_ = 0;
};

}  // namespace oddity::replay
