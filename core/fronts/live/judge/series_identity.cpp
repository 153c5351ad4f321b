#include "judge/series_identity.hpp"

#include <algorithm>

namespace oddity::live {
namespace {

constexpr std::string_view usual_field_tag = "field";
constexpr std::string_view other_field_tag = "oddity_field";

}  // namespace

SeriesIdentity::SeriesIdentity(std::vector<std::string> group_by) : group_by_(std::move(group_by)) {
  std::sort(group_by_.begin(), group_by_.end());
}

void SeriesIdentity::set_row(const formats::Row& row) {
  name_.assign(row.name);
  chosen_.clear();
  field_tag_ = usual_field_tag;
  for (const auto& tag : row.tags) {
    if (!group_by_.empty() && !std::binary_search(group_by_.begin(), group_by_.end(), tag.first)) continue;
    if (tag.first == usual_field_tag) field_tag_ = other_field_tag;
    chosen_.push_back(tag);
  }
  std::sort(chosen_.begin(), chosen_.end());
  const auto place = std::lower_bound(chosen_.begin(), chosen_.end(), field_tag_,
                                      [](const auto& tag, std::string_view key) { return tag.first < key; });
  field_at_ = static_cast<std::size_t>(place - chosen_.begin());

  key_ = name_;
  tags_.resize(chosen_.size() + 1);
  for (std::size_t i = 0; i < chosen_.size(); ++i) {
    const auto& [key, value] = chosen_[i];
    key_ += i == 0 ? '\n' : ',';
    key_.append(key).append(1, '=').append(value);
    auto& tag = tags_[i < field_at_ ? i : i + 1];
    tag.first.assign(key);
    tag.second.assign(value);
  }
  tags_[field_at_].first.assign(field_tag_);
  key_ += '\n';
  row_key_ = key_.size();
}

window::GroupIdentity SeriesIdentity::of(std::string_view field) {
  key_.resize(row_key_);
  key_ += field;
  tags_[field_at_].second.assign(field);
  return {key_, name_, &tags_, true};
}

}  // namespace oddity::live
