// The tags of a group, as a window carries them.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

#include "window/group_window.hpp"
#include "wire/tag.hpp"

namespace oddity::window {

/// Makes `tags` those of `views`, sorted by key; of a repeated key the last one counts. `views` are sorted on the
/// way. Nothing is allocated where `tags` had as many and as long ones before.
inline void set_tags(Tags& tags, std::vector<wire::TagView>& views) {
  const auto by_key = [](const wire::TagView& a, const wire::TagView& b) { return a.key < b.key; };
  for (auto next = views.begin(); next != views.end(); ++next)
    std::rotate(std::upper_bound(views.begin(), next, *next, by_key), next, std::next(next));
  std::size_t count = 0;
  tags.resize(views.size());
  for (const wire::TagView& view : views) {
    const bool repeated = count != 0 && tags[count - 1].first == view.key;
    auto& [key, value] = tags[repeated ? count - 1 : count++];
    key.assign(view.key);
    value.assign(view.value);
  }
  tags.resize(count);
}

}  // namespace oddity::window
