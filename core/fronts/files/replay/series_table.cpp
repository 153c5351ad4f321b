#include "replay/series_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "replay/counted.hpp"

namespace oddity::replay {
namespace {

constexpr std::size_t lacking_looked_at = 10'000;  // rows, for a suggestion

constexpr const char* measurement_word = "_measurement";

std::string group_name(const std::string& key) {
  std::string text = key;
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text.empty() ? "the only group" : "group '" + text + "'";
}

std::string_view value_of(const formats::Row& row, std::string_view key) {
  const auto tag =
      std::find_if(row.tags.begin(), row.tags.end(), [&](const auto& pair) { return pair.first == key; });
  return tag == row.tags.end() ? std::string_view() : tag->second;
}

}  // namespace

SeriesTable::SeriesTable(std::vector<std::string> group_by) : group_by_(std::move(group_by)) {
  std::sort(group_by_.begin(), group_by_.end());
  group_by_.erase(std::unique(group_by_.begin(), group_by_.end()), group_by_.end());
  const auto take = [&](const char* word) { return std::erase(group_by_, word) != 0; };
  all_tags_ = take("*");
  by_name_ = take(measurement_word);
  there_.resize(group_by_.size());
}

std::uint32_t SeriesTable::of(const formats::Row& row, bool has_number, std::size_t parser) {
  if (row.known == nullptr) return look_up(row, has_number).first;
  if (parser >= of_parsers_.size()) of_parsers_.resize(parser + 1);
  std::vector<OfParser>& numbers = of_parsers_[parser];
  if (row.known->number >= numbers.size()) numbers.resize(row.known->number + 1);
  OfParser& known = numbers[row.known->number];
  if (known.known && (known.noted || !has_number)) return known.series;
  const auto [series, lacks] = look_up(row, has_number);
  known = {series, !lacks, known.noted || has_number};
  return series;
}

/// The number, and whether a tag is lacked: of such rows each is counted.
std::pair<std::uint32_t, bool> SeriesTable::look_up(const formats::Row& row, bool has_number) {
  const bool lacks = set_key(row);
  series_key_.assign(row.name);
  series_key_ += '\n';
  series_key_ += key_;
  auto found = numbers_.find(std::string_view(series_key_));
  if (found == numbers_.end()) {
    const auto next = static_cast<std::uint32_t>(groups_.size());
    const auto [group, is_new] = group_numbers_.emplace(key_, next);
    if (is_new) groups_.emplace_back();
    series_.push_back({key_, std::string(row.name), tags_, group->second, false});
    found = numbers_.emplace(series_key_, static_cast<std::uint32_t>(series_.size() - 1)).first;
  }
  if (has_number) note_merging(row, series_[found->second]);
  return {found->second, lacks};
}

window::GroupIdentity SeriesTable::identity(std::uint32_t series) const {
  const Series& one = series_[series];
  return {one.key, one.name, &one.tags, by_name_, one.group + 1};
}

/// As Kapacitor builds it: the measurement and a newline, where it counts; tags sorted by key. Of those asked
/// for by name, one that the point lacks stands in the key as empty. True: it lacks one that no row had so far.
bool SeriesTable::set_key(const formats::Row& row) {
  key_.clear();
  if (by_name_) key_ += row.name;
  std::size_t tags = 0;
  bool first = true;
  const auto add_tag = [&](std::string_view key, std::string_view value) {
    if (!std::exchange(first, false)) {
      key_ += ',';
    } else if (by_name_) {
      key_ += '\n';
    }
    key_ += key;
    key_ += '=';
    key_ += value;
    if (value.empty()) return;
    if (tags == tags_.size()) tags_.emplace_back();
    tags_[tags].first = key;
    tags_[tags].second = value;
    ++tags;
  };
  bool lacks = false;
  if (all_tags_) {
    sorted_tags_.assign(row.tags.begin(), row.tags.end());
    std::sort(sorted_tags_.begin(), sorted_tags_.end());
    for (const auto& [key, value] : sorted_tags_) add_tag(key, value);
  }
  for (std::size_t i = 0; i < group_by_.size(); ++i) {
    const std::string_view value = value_of(row, group_by_[i]);
    if (value.empty() && !there_[i]) lacks = true;
    if (!value.empty()) there_[i] = true;
    if (!all_tags_) add_tag(group_by_[i], value);
  }
  tags_.resize(tags);
  if (!lacks || lacking_seen_ == lacking_looked_at) return false;
  ++lacking_seen_;
  for (const auto& [key, value] : row.tags) know(std::string(key));
  return true;
}

void SeriesTable::know(const std::string& tag) {
  constexpr std::size_t kept = 64;
  if (known_tags_.size() < kept &&
      std::find(known_tags_.begin(), known_tags_.end(), tag) == known_tags_.end())
    known_tags_.push_back(tag);
}

void SeriesTable::note_merging(const formats::Row& row, Series& series) {
  Group& group = groups_[series.group];
  if (!series.has_numbers) {
    series.has_numbers = true;
    if (++group.names == 1) {
      group.first_name = row.name;
      group.first_tags.assign(row.tags.begin(), row.tags.end());
    }
  }
  if (!group.differs_in.empty() || group.first_name != row.name) return;
  const bool same =
      std::equal(row.tags.begin(), row.tags.end(), group.first_tags.begin(), group.first_tags.end(),
                 [](const auto& a, const auto& b) { return a.first == b.first && a.second == b.second; });
  if (same) return;
  const auto differ = [&](std::string_view key, std::string_view one, std::string_view other) {
    if (one == other || !group.differs_in.empty()) return;
    group.differs_in = key;
    group.one = one;
    group.other = other;
  };
  for (const auto& [key, value] : group.first_tags) differ(key, value, value_of(row, key));
  for (const auto& [key, value] : row.tags) {
    const bool there = std::any_of(group.first_tags.begin(), group.first_tags.end(),
                                   [name = key](const auto& tag) { return tag.first == name; });
    if (!there) differ(key, "", value);
  }
}

std::vector<std::string> SeriesTable::merged() const {
  std::vector<std::string> sentences;
  std::size_t of_names = 0;
  std::size_t of_tags = 0;
  for (const Group& group : groups_) {
    of_names += group.names > 1 ? 1 : 0;
    of_tags += group.differs_in.empty() ? 0 : 1;
  }
  const auto others = [](std::size_t groups) {
    return groups > 1 ? fmt::format(" (and {} like it)", counted(groups - 1, "group")) : std::string();
  };
  for (const Series& series : series_) {
    const Group& group = groups_[series.group];
    if (of_names != 0 && group.names > 1) {
      std::string names;
      std::uint32_t listed = 0;
      for (const Series& other : series_) {
        if (other.group != series.group || !other.has_numbers) continue;
        if (++listed > 5) break;
        names += (names.empty() ? "" : ", ") + (listed == 5 && group.names > 5 ? "..." : other.name);
      }
      sentences.push_back(
          fmt::format("points of {} measurements ({}) in one group, {}{}, are judged as one series; "
                      "--measurement or --group-by _measurement keeps them apart",
                      group.names, names, group_name(series.key), others(of_names)));
      of_names = 0;
    }
    if (of_tags != 0 && !group.differs_in.empty()) {
      const auto word = [](const std::string& value) {
        return value.empty() ? std::string("none") : "'" + value + "'";
      };
      sentences.push_back(
          fmt::format("points that differ in tag '{}' ({} and {}) in one group, {}{}, are judged as one "
                      "series; --group-by {} keeps them apart",
                      group.differs_in, word(group.one), word(group.other), group_name(series.key),
                      others(of_tags), group.differs_in));
      of_tags = 0;
    }
  }
  return sentences;
}

std::vector<std::uint32_t> SeriesTable::groups_without(const std::string& tag) const {
  std::vector<std::uint32_t> groups;
  const auto at = std::find(group_by_.begin(), group_by_.end(), tag) - group_by_.begin();
  if (all_tags_ || !there_[static_cast<std::size_t>(at)]) return groups;
  std::vector<bool> taken(groups_.size());
  for (const Series& series : series_) {
    const bool has = std::any_of(series.tags.begin(), series.tags.end(),
                                 [&](const auto& one) { return one.first == tag; });
    if (has || taken[series.group] || !series.has_numbers) continue;
    taken[series.group] = true;
    groups.push_back(series.group);
  }
  return groups;
}

std::vector<std::string> SeriesTable::never_there() const {
  std::vector<std::string> sentences;
  for (std::size_t i = 0; i < group_by_.size(); ++i) {
    if (there_[i]) continue;
    const std::string near = did_you_mean(group_by_[i], known_tags_);
    std::string known = known_tags_.empty() ? "there are no tags" : "there are: ";
    for (std::size_t tag = 0; tag < std::min<std::size_t>(known_tags_.size(), 8); ++tag)
      known += (tag == 0 ? "" : ", ") + known_tags_[tag];
    sentences.push_back(
        fmt::format("no row has the tag '{}' of --group-by ({})", group_by_[i], near.empty() ? known : near));
  }
  if (all_tags_ && groups_.size() == 1 && tags_.empty())
    sentences.push_back("no row has any tag for --group-by '*'; of CSV, --tag-column names some");
  return sentences;
}

}  // namespace oddity::replay
