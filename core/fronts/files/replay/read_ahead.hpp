// Reads and unpacks a file on a thread of its own, some blocks ahead of who needs them.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "replay/byte_source.hpp"

namespace oddity::replay {

/// 1. ReadAhead(source, block_bytes), the source outlives it;
/// 2. read(room) as ByteSource's, until it returns 0: the same bytes, and the same error behind the same byte.
///
/// Of an ordinary file: a thread that waits for a pipe could not be ended.
class ReadAhead {
 public:
  ReadAhead(ByteSource& source, std::size_t block_bytes);
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;
  ~ReadAhead();

  std::size_t read(std::span<char> room);

 private:
  using Block = std::vector<char>;
  void run();
  bool await_room(Block& block);

  ByteSource& source_;
  const std::size_t block_bytes_;
  std::mutex mutex_;
  std::condition_variable changed_;
  // Held by mutex_.
  std::deque<Block> filled_;
  std::deque<Block> free_;
  bool ended_ = false;  ///< behind filled_ comes nothing more, or `failed_`
  bool stopping_ = false;
  std::exception_ptr failed_;

  Block now_;  ///< that read() hands out
  std::size_t at_ = 0;
  std::jthread thread_;  ///< last: it uses all of these
};

}  // namespace oddity::replay
