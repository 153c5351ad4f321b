// The tags of a group, as a window carries them.
#pragma once

#include <algorithm>
#include <string_view>

#include "window/group_window.hpp"
#include "wire/tag.hpp"

namespace oddity::window {

/// Keeps `tags` sorted by key; of a repeated key the last one counts.
inline void set_tag(Tags& tags, const wire::TagView& view) {
  const auto at = std::lower_bound(tags.begin(), tags.end(), view.key,
                                   [](const auto& tag, std::string_view key) { return tag.first < key; });
  if (at != tags.end() && at->first == view.key) {
    at->second = view.value;
  } else {
    tags.emplace(at, view.key, view.value);
  }
}

}  // namespace oddity::window
