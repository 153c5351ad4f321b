// Names of fields that were not chosen, for a suggestion where a chosen one is nowhere.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace oddity::formats {

/// 1. begin_line() for each line;
/// 2. note(name) for each such name in it.
///
/// The names in the first lines are enough to suggest one.
class OtherNames {
 public:
  static constexpr std::size_t lines_looked_at = 10'000;

  void begin_line() noexcept { lines_ += lines_ <= lines_looked_at ? 1 : 0; }
  void note(std::string_view name) {
    if (lines_ > lines_looked_at || names_.size() == kept) return;
    if (std::find(names_.begin(), names_.end(), name) == names_.end()) names_.emplace_back(name);
  }
  const std::vector<std::string>& names() const noexcept { return names_; }

 private:
  static constexpr std::size_t kept = 256;
  std::vector<std::string> names_;
  std::size_t lines_ = 0;
};

}  // namespace oddity::formats
