#include "judge/option_remarks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/error.hpp"

namespace oddity::live {
namespace {

constexpr std::size_t most_listed = 8;

/// "did you mean 'host'?", or what there is.
std::string instead_of(const std::string& asked, const std::vector<std::string>& there, const char* none) {
  const std::string near = did_you_mean(asked, there);
  if (!near.empty()) return near;
  if (there.empty()) return none;
  return fmt::format(
      "it has {}{}",
      fmt::join(there.begin(),
                there.begin() + static_cast<std::ptrdiff_t>(std::min(there.size(), most_listed)), ", "),
      there.size() > most_listed ? ", ..." : "");
}

}  // namespace

bool OptionRemarks::look_at_tags(const formats::Row& row) {
  bool lacks = false;
  for (const std::string& tag : group_by_) {
    const bool there =
        std::any_of(row.tags.begin(), row.tags.end(), [&](const auto& one) { return one.first == tag; });
    if (there) continue;
    lacks = true;
    if (!told_tags_) tell_tag(tag, row);
  }
  told_tags_ = told_tags_ || lacks;
  return lacks;
}

void OptionRemarks::tell_tag(const std::string& tag, const formats::Row& row) {
  std::vector<std::string> there;
  for (const auto& one : row.tags) there.emplace_back(one.first);
  log_.line(
      "a line of '{}' has no tag '{}' of --group-by, and is of one series with all others without it: {} "
      "(the first "
      "one; others are counted)",
      row.name, tag, instead_of(tag, there, "it has no tags"));
}

void OptionRemarks::no_field_of(const formats::Row& row) {
  if (told_fields_ || fields_.empty()) return;
  const std::vector<std::string> there(row.names.begin(), row.names.end());
  for (const std::string& field : fields_) {
    const std::string near = did_you_mean(field, there);
    if (near.empty() || std::find(there.begin(), there.end(), field) != there.end()) continue;
    told_fields_ = true;
    log_.line("a line of '{}' has no field '{}' of --field: {} (said once)", row.name, field, near);
    return;
  }
}

}  // namespace oddity::live
