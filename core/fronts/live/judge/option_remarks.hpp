// What the first lines of a stream tell of options that name a tag or a field which is not there.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "row/row.hpp"

namespace oddity::live {

/// 1. OptionRemarks remarks(fields, group_by, log);
/// 2. look_at_tags(row) for each row that is judged, no_field_of(row) for each without a chosen number.
///
/// A tag that is misspelt would make one series of many, a field that is misspelt would leave nothing to be judged;
/// neither is wrong by itself, as a stream holds lines of many kinds. So the first line is named, and others are counted.
class OptionRemarks {
 public:
  /// `log` outlives this.
  OptionRemarks(std::vector<std::string> fields, std::vector<std::string> group_by, Log& log)
      : fields_(std::move(fields)), group_by_(std::move(group_by)), log_(log) {}

  /// Whether the row lacks a tag of --group-by.
  bool look_at_tags(const formats::Row& row);
  void no_field_of(const formats::Row& row);

 private:
  void tell_tag(const std::string& tag, const formats::Row& row);

  const std::vector<std::string> fields_;
  const std::vector<std::string> group_by_;
  Log& log_;
  bool told_tags_ = false;
  bool told_fields_ = false;
};

}  // namespace oddity::live
