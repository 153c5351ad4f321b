// Texts that come again and again in a file, mostly in the same order, such as those that begin its lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace oddity::formats {

/// Whether `bytes` begins with `text`. Both are a few bytes long, for which a call of memcmp takes longer than the
/// comparison.
inline bool begins_with(std::string_view bytes, std::string_view text) noexcept {
  const std::size_t size = text.size();
  if (bytes.size() < size) return false;
  const char* const a = bytes.data();
  const char* const b = text.data();
  const auto same = [&]<class Word>(Word, std::size_t at) {
    Word one = 0, other = 0;
    std::memcpy(&one, a + at, sizeof one);
    std::memcpy(&other, b + at, sizeof other);
    return one == other;
  };
  if (size >= 8) {
    for (std::size_t at = 0; at + 8 < size; at += 8) {
      if (!same(std::uint64_t{}, at)) return false;
    }
    return same(std::uint64_t{}, size - 8);
  }
  if (size >= 4) return same(std::uint32_t{}, 0) && same(std::uint32_t{}, size - 4);
  for (std::size_t at = 0; at < size; ++at) {
    if (a[at] != b[at]) return false;
  }
  return true;
}

/// 1. add(text, what) for a text that is new, as long as there is room;
/// 2. guessed(after, bytes), and where that fails find(text), for each that comes; then follow(after, it).
///
/// What is handed out stays where it is, until clear().
template <class What>
class KnownTexts {
 public:
  struct Known {
    std::string text;
    What what;
    Known* next = nullptr;  ///< that followed this one the last time
  };

  explicit KnownTexts(std::size_t most) : most_(most) {}
  KnownTexts(const KnownTexts&) = delete;
  KnownTexts(KnownTexts&&) noexcept = default;  // what was handed out stays where it is
  KnownTexts& operator=(const KnownTexts&) = delete;
  ~KnownTexts() = default;

  /// The text that followed `after` the last time, if `bytes` begins with it.
  static Known* guessed(const Known* after, std::string_view bytes) noexcept {
    Known* const next = after == nullptr ? nullptr : after->next;
    return next != nullptr && begins_with(bytes, next->text) ? next : nullptr;
  }
  Known* find(std::string_view text) const {
    const auto found = by_text_.find(text);
    return found == by_text_.end() ? nullptr : found->second;
  }
  static void follow(Known* after, Known* next) noexcept {
    if (after != nullptr) after->next = next;
  }

  /// nullptr where there is no room; the text must not be there yet.
  Known* add(std::string_view text, What what) {
    if (known_.size() == most_ || text.size() > longest) return nullptr;
    Known& known = known_.emplace_back(Known{std::string(text), std::move(what), nullptr});
    by_text_.emplace(known.text, &known);
    return &known;
  }
  std::size_t size() const noexcept { return known_.size(); }
  void clear() noexcept {
    by_text_.clear();
    known_.clear();
  }

 private:
  static constexpr std::size_t longest = 1024;
  const std::size_t most_;
  std::deque<Known> known_;                               ///< a deque: what was handed out must not move
  std::unordered_map<std::string_view, Known*> by_text_;  ///< views into known_
};

}  // namespace oddity::formats
