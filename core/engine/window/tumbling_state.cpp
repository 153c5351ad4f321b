// Open windows as bytes, and back; docs/state-format.md lists them.
#include <algorithm>
#include <limits>
#include <set>

#include "window/tumbling_windows.hpp"

namespace oddity::window {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

Tags read_tags(StateReader& in) {
  Tags tags;
  for (std::uint64_t left = in.read_count(8 + 8); left > 0; --left) {
    const std::string_view key = in.read_text();
    tags.emplace_back(key, in.read_text());
  }
  if (!std::is_sorted(tags.begin(), tags.end())) throw StateError("tags of an open window are in disorder");
  return tags;
}

}  // namespace

void TumblingWindows::save(StateWriter& out) const {
  out.write(tumble_.period);
  out.write(tumble_.points);
  out.write(std::uint64_t{fields_.size()});
  for (const std::string& field : fields_) out.write(std::string_view(field));
  out.write(std::uint64_t{order_.size()});
  for (const Group& group : order_) {
    out.write(std::string_view(group.key));
    out.write(std::string_view(group.name));
    out.write(std::uint8_t{group.by_name});
    out.write(std::uint64_t{group.tags.size()});
    for (const auto& [key, value] : group.tags) {
      out.write(std::string_view(key));
      out.write(std::string_view(value));
    }
    out.write(group.from);
    out.write(group.latest);
    out.write(std::uint64_t{group.times.size()});
    for (const std::int64_t time : group.times) out.write(time);
    for (const auto& column : group.columns) out.write(std::span<const double>(column));
  }
}

void TumblingWindows::restore(StateReader in) {
  order_.clear();
  places_.clear();
  Order read;
  std::set<std::string_view> keys;
  const Tumble saved{in.read<std::int64_t>(), in.read<std::int64_t>()};
  if (saved != tumble_) throw StateError("they were made with another 'window'");
  // Of each saved column its place among ours.
  std::vector<std::size_t> columns;
  for (std::uint64_t left = in.read_count(8); left > 0; --left) {
    const auto own = std::find(fields_.begin(), fields_.end(), in.read_text());
    columns.push_back(static_cast<std::size_t>(own - fields_.begin()));
  }
  constexpr std::size_t least_of_a_group = 6 * 8 + 1;
  for (std::uint64_t left = in.read_count(least_of_a_group); left > 0; --left) {
    if (!keys.insert(read.emplace_back(restored(in, columns)).key).second)
      throw StateError("a group has two open windows");
  }
  in.expect_end();
  order_ = std::move(read);
  for (auto group = order_.begin(); group != order_.end(); ++group) places_.emplace(group->key, group);
  while (order_.size() > open_.max) forget(order_.begin());
}

TumblingWindows::Group TumblingWindows::restored(StateReader& in,
                                                 std::span<const std::size_t> columns) const {
  Group group;
  group.key = in.read_text();
  group.name = in.read_text();
  group.by_name = in.read<std::uint8_t>() == 1;
  group.tags = read_tags(in);
  group.from = in.read<std::int64_t>();
  group.latest = in.read<std::int64_t>();
  const std::uint64_t rows = in.read_count(8);
  for (std::uint64_t row = 0; row < rows; ++row) group.times.push_back(in.read<std::int64_t>());
  group.columns.resize(fields_.size());
  for (const std::size_t own : columns) {
    if (rows > in.remaining() / 8) throw StateError("an open window ends too early");
    for (std::uint64_t row = 0; row < rows; ++row) {
      const double value = in.read_double();
      if (own < fields_.size()) group.columns[own].push_back(value);
    }
  }
  for (auto& column : group.columns) column.resize(group.times.size(), missing);
  return group;
}

}  // namespace oddity::window
