// Names of fields that were not chosen, for a suggestion where a chosen one is nowhere.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace oddity::formats {

/// The names in the first lines are enough to suggest one.
class OtherNames {
 public:
  void note(std::string_view name) {
    if (seen_ == looked_at || names_.size() == kept) return;
    ++seen_;
    if (std::find(names_.begin(), names_.end(), name) == names_.end()) names_.emplace_back(name);
  }
  /// How many were looked at; back_to() has those since then looked at once more.
  std::size_t seen() const noexcept { return seen_; }
  void back_to(std::size_t seen) noexcept { seen_ = seen; }

  const std::vector<std::string>& names() const noexcept { return names_; }

 private:
  static constexpr std::size_t looked_at = 10'000;
  static constexpr std::size_t kept = 256;
  std::vector<std::string> names_;
  std::size_t seen_ = 0;
};

}  // namespace oddity::formats
