// Holds texts whose escapes were resolved, for as long as a row is in use.
#pragma once

#include <cstddef>
#include <deque>
#include <string>

namespace oddity::formats {

/// 1. fresh() for each text, as many as a row needs;
/// 2. clear() before the next row: the strings stay, and their memory with them.
class Texts {
 public:
  /// An empty string; where it lies does not change until clear().
  std::string& fresh() {
    if (used_ == texts_.size()) texts_.emplace_back();
    std::string& text = texts_[used_++];
    text.clear();
    return text;
  }
  void clear() noexcept { used_ = 0; }

 private:
  std::deque<std::string> texts_;  ///< a deque: what was handed out must not move
  std::size_t used_ = 0;
};

}  // namespace oddity::formats
