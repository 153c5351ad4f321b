// Mistakes of one kind in a file: all are counted, the first few named.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace oddity::replay {

class NamedFew {
 public:
  /// `what`: "lines that cannot be read".
  NamedFew(std::function<void(const std::string&)> tell, std::string what)
      : tell_(std::move(tell)), what_(std::move(what)) {}

  /// `name`: makes the sentence of this one, called for the first few only. `counts`: how many it is.
  template <class Name>
  void add(const Name& name, std::uint64_t counts = 1) {
    if (named_ < max) {
      ++named_;
      tell_(name());
    } else if (std::exchange(hushed_, true) == false) {
      tell_("further " + what_ + " are only counted");
    }
    count_ += counts;
  }
  std::uint64_t count() const noexcept { return count_; }

 private:
  static constexpr int max = 10;
  std::function<void(const std::string&)> tell_;
  std::string what_;
  int named_ = 0;
  bool hushed_ = false;
  std::uint64_t count_ = 0;
};

}  // namespace oddity::replay
