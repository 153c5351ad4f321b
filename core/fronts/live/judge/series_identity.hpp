// Which series a field of a row belongs to: what the engine calls it, and what its results carry.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "row/row.hpp"
#include "window/group_window.hpp"
#include "window/time_windows.hpp"

namespace oddity::live {

/// 1. SeriesIdentity identity(group_by);
/// 2. set_row(row) for each row, then of(field) for each of its fields. Valid until the next call.
///
/// A series is a measurement, tags and one field. Its key is the group as Kapacitor writes it, by measurement, with
/// the field behind it: "cpu\nhost=a\nusage_user". Its tags are those of the group, and the field.
class SeriesIdentity {
 public:
  /// `group_by`: names of tags; empty: all that a row has.
  explicit SeriesIdentity(std::vector<std::string> group_by);

  void set_row(const formats::Row& row);
  window::GroupIdentity of(std::string_view field);

  /// The tag that names the field, "field" unless the row has one of that name.
  std::string_view field_tag() const noexcept { return field_tag_; }

 private:
  std::vector<std::string> group_by_;  ///< sorted
  std::string name_;
  std::string key_;
  std::size_t row_key_ = 0;                                            ///< how much of `key_` is the row's
  std::vector<std::pair<std::string_view, std::string_view>> chosen_;  ///< sorted by key
  window::Tags tags_;
  std::string_view field_tag_;
  std::size_t field_at_ = 0;  ///< the place of the field among the tags
};

}  // namespace oddity::live
