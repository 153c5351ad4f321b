// What keeper and worker tell each other: frames over two pipes of one machine.
//
// LIFE CYCLE
//   1. append_frame(out, kind, number, body) for each frame, then out is written as it is.
//   2. FrameCutter cutter; read bytes as they come into cutter.room(size), cutter.filled(as many as came);
//      while (cutter.next(frame)) ...
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace oddity::live {

enum class FrameKind : std::uint32_t {
  // To the worker.
  batch = 1,  ///< lines to be judged; the body begins with a BatchHead
  save,       ///< what was learned is to be saved; `number`: of the last batch before it
  skip,       ///< a group is not judged any more; `number`: its hash; the body is the LinePlace from which on
  // From the worker.
  ready,      ///< sent once, first; `number`: of the last batch that the restored state has learned
  answered,   ///< `number`: of the batch; the body is an AnswerHead and the output
  saved,      ///< `number`: of the last batch in it; the body says what went wrong, empty: nothing
  series,     ///< `number`: of a series that is new; the body says which (watch/series_name.hpp)
  judged,     ///< the body: judgements one behind the other (watch/judgement.hpp)
  said_name,  ///< `number`: stands for this name in judgements
  totals,     ///< the body: Totals of the worker, after each answer
};

struct Frame {
  FrameKind kind{};
  std::uint64_t number = 0;
  std::string_view body;  ///< a view into the cutter, valid until its next call
};

/// Where lines came from; their answers are written in the unit of what they came in.
enum class Source : std::uint8_t { standard_input, http };

/// What stands before the lines of a batch.
struct BatchHead {
  std::int64_t arrival = 0;  ///< ns since 1970 UTC: the time of lines without one
  std::int64_t unit = 1;     ///< of the lines' times, ns
  Source source = Source::standard_input;
  bool answered_before = false;  ///< it is only learned from: its answers went out in an earlier life
};

/// Which of all lines it is: those of a batch are numbered from 1, and have the same numbers when it is sent again.
struct LinePlace {
  std::uint64_t batch = 0;
  std::uint64_t line = 0;
  // clang-tidy 14 takes the comparison with 0, which the compiler writes, for a pointer's.
  auto operator<=>(const LinePlace&) const = default;  // NOLINT(modernize-use-nullptr)
};

/// What stands before the output of an answer.
struct AnswerHead {
  std::uint64_t lines = 0;
  std::uint64_t unreadable = 0;
};

void append_frame(std::string& out, FrameKind kind, std::uint64_t number, std::string_view body);
/// A batch's frame, without a copy of the lines before it.
void append_batch(std::string& out, std::uint64_t number, const BatchHead& head, std::string_view lines);

/// Bytes of a plain struct, and back; both ends are one program.
template <class Plain>
std::string_view bytes_of(const Plain& plain) noexcept {
  return {reinterpret_cast<const char*>(&plain), sizeof plain};
}
/// False: there are fewer bytes than that.
template <class Plain>
bool take_plain(std::string_view& bytes, Plain& plain) noexcept {
  if (bytes.size() < sizeof plain) return false;
  __builtin_memcpy(&plain, bytes.data(), sizeof plain);
  bytes.remove_prefix(sizeof plain);
  return true;
}

/// Cuts a stream of bytes into frames.
class FrameCutter {
 public:
  /// Room for `size` more bytes, to be filled in part, and then told by filled().
  char* room(std::size_t size);
  void filled(std::size_t size) noexcept { end_ += size; }
  /// False: the next frame is not whole yet.
  bool next(Frame& frame);

 private:
  std::string bytes_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace oddity::live
