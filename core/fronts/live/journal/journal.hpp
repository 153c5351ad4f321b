// Every batch of lines since the last saved state, on the disk before anybody is told that it was taken.
//
// LIFE CYCLE
//   1. Journal journal(folder)       finds what an earlier process left.
//   2. append(batch) for each batch, with numbers that rise.
//   3. begin_segment() when a state is asked for; cut(number) once it holds everything up to there.
//   4. JournalReader(folder, after)  reads the batches behind a number, as often as a worker has to learn them again.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "exchange/frame.hpp"

namespace oddity::live {

/// Lines with what is known of them.
struct Batch {
  std::uint64_t number = 0;
  BatchHead head;
  std::string lines;
};

/// Files "journal-NUMBER", NUMBER being that of their first batch, of records one behind the other: u32 size, u32
/// CRC-32 of what follows, u64 number, the BatchHead, lines. A record that is not whole ends its file: there the
/// machine stopped, or the disk was full. One that is whole and damaged is passed over, counted, and its file kept.
///
/// Each record is one write(2), so a killed process loses none that was taken. Nothing is flushed to the disk
/// itself before the segment ends: a machine that loses its power loses what its kernel had not written.
class Journal {
 public:
  explicit Journal(std::filesystem::path folder);
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  ~Journal();

  /// The number of the last batch that is there; 0: none.
  std::uint64_t last() const noexcept { return last_; }
  /// Records that an earlier process wrote and nobody can read, and the file of the first.
  std::uint64_t damaged() const noexcept { return damaged_; }
  const std::filesystem::path& first_damaged() const noexcept { return first_damaged_; }
  /// Bytes of all segments.
  std::uint64_t bytes() const noexcept { return bytes_; }

  /// False, and nothing of it is there: the disk took it not; problem() says why.
  bool append(std::uint64_t number, const BatchHead& head, std::string_view lines);
  const std::string& problem() const noexcept { return problem_; }
  /// What is appended from now on is in a file of its own.
  void begin_segment();
  /// Removes the files whose batches are all at or before `number`.
  void cut(std::uint64_t number);

 private:
  friend class JournalReader;
  struct Segment {
    std::uint64_t first = 0;
    std::uint64_t bytes = 0;
  };
  bool open(std::uint64_t first);
  void close();
  bool is_removed() const noexcept;

  const std::filesystem::path folder_;
  std::deque<Segment> segments_;  ///< the last is that at hand, where one is open
  int descriptor_ = -1;
  std::uint64_t last_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t damaged_ = 0;
  std::filesystem::path first_damaged_;
  std::string record_;
  std::string problem_;
};

/// Reads what a Journal wrote in the same folder; what is appended meanwhile may be seen or not.
class JournalReader {
 public:
  /// Batches whose numbers are above `after`.
  JournalReader(std::filesystem::path folder, std::uint64_t after);
  JournalReader(const JournalReader&) = delete;
  JournalReader& operator=(const JournalReader&) = delete;
  ~JournalReader();

  /// False: there is no further one.
  bool next(Batch& batch);
  std::uint64_t damaged() const noexcept { return damaged_; }
  const std::filesystem::path& first_damaged() const noexcept { return first_damaged_; }

 private:
  bool open_next();
  std::size_t read(void* to, std::size_t size);
  void note_damage();
  bool holds(std::size_t size) const;

  const std::filesystem::path folder_;
  const std::uint64_t after_;
  std::deque<std::uint64_t> files_;  ///< by their first number
  std::filesystem::path file_;       ///< that is read
  std::uint64_t damaged_ = 0;
  std::filesystem::path first_damaged_;
  int descriptor_ = -1;
};

}  // namespace oddity::live
