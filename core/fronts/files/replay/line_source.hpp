// The lines of a file or of stdin, plain or packed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "replay/byte_source.hpp"
#include "replay/read_ahead.hpp"

namespace oddity::replay {

/// Throws one oddity::Error that names every path that is not a readable file, before hours are spent on the
/// others. Opens nothing: that would break a named pipe. "-" is stdin.
void require_readable(const std::vector<std::string>& paths);

/// 1. LineSource(path), "-" for stdin; throws oddity::Error when it cannot be opened.
/// 2. next(line) until it returns false.
/// 3. Where a line turns out to go on in the next one: extend(line).
/// 4. In place of next(line), many lines at once: block(bytes), then pass(bytes, lines).
///
/// Of a line longer than `longest_line` the beginning is handed out, and is_cut(): the rest of it is passed over by
/// the next call, so that neither a file without newlines nor one long line fills the memory.
///
/// A file that breaks off inside (a damaged .gz) throws BrokenInput, as ByteSource does. A byte order mark
/// before the first line is skipped; UTF-16 is an oddity::Error. Reads blocks; a line is a view into them.
class LineSource {
 public:
  static constexpr std::size_t usual_block = ByteSource::usual_block;
  /// `ahead`: an ordinary file is read and unpacked on another thread. `block_bytes`: by which it is read.
  explicit LineSource(const std::string& path, bool ahead = false, std::size_t block_bytes = usual_block);

  /// The next line without its newline, valid until the next call of anything here. False: the end.
  bool next(std::string_view& line);
  /// Joins one more line to the last, with the newline between; the view moves. False, and the line as it
  /// was: the input ends, or the whole would be longer than `longest_joined`.
  bool extend(std::string_view& line);

  /// The next whole lines, all or many of the next `bytes` bytes, at most `largest_block`; valid until the next call
  /// of anything here. Empty: there are none, ask next(). They are not taken yet: pass() takes the first of them.
  std::string_view block(std::size_t bytes);
  void pass(std::size_t bytes, std::uint64_t lines) noexcept;

  /// Of the last line, or of the first of those joined, from 1.
  std::uint64_t line_number() const noexcept { return line_number_; }
  std::uint64_t joined() const noexcept { return joined_; }  ///< lines joined to that one
  /// The last line, or the last one joined to it, is not whole.
  bool is_cut() const noexcept { return cut_; }
  std::uint64_t bytes_read() const noexcept { return bytes_.bytes_read(); }
  std::uint64_t bytes_total() const noexcept { return bytes_.bytes_total(); }
  const std::string& name() const noexcept { return bytes_.name(); }

  static constexpr std::size_t largest_block = std::size_t{1} << 23;  ///< no line in it is too long
  static constexpr std::size_t longest_line = std::size_t{1} << 24;
  /// What to say of a longer one.
  static constexpr const char* cut_diagnostic = "expected a line of at most 16 MiB, got a longer one";
  static constexpr std::size_t longest_joined = std::size_t{1} << 16;

 private:
  void check_first_bytes();
  bool take_line();
  void pass_over_rest();
  void go_on();
  bool fill();
  std::string_view record() const noexcept { return {buffer_.data() + start_, end_ - start_}; }

  const std::size_t block_bytes_;
  ByteSource bytes_;
  std::unique_ptr<ReadAhead> ahead_;  ///< none: bytes_ are read here
  std::vector<char> buffer_;
  // Offsets in buffer_, ascending: where the record starts and ends, where the next line starts.
  std::size_t start_ = 0;
  std::size_t end_ = 0;
  std::size_t at_ = 0;
  std::size_t filled_ = 0;
  std::exception_ptr broken_;  ///< what ends the input behind what is held
  bool cut_ = false;           ///< what follows at_ belongs to a line that is too long
  std::uint64_t joined_ = 0;   ///< lines joined to the first
  std::uint64_t line_number_ = 0;
};

}  // namespace oddity::replay
