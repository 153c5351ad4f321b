// Which group each row belongs to, and what became one group although the user may not have meant it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "row/row.hpp"
#include "window/time_windows.hpp"

namespace oddity::replay {

/// Groups as Kapacitor makes them: by the values of the tags that were named, "*" for all tags, and
/// "_measurement" for the measurement. A number stands for each measurement of each group.
///
/// A row of a known group allocates nothing.
class SeriesTable {
 public:
  explicit SeriesTable(std::vector<std::string> group_by);

  /// What follows is of other parsers: their own numbers of series count from 1 again.
  void begin_file() { of_parsers_.clear(); }
  /// The number of the row's series, from 0 in the order in which they come. `has_number`: in any of the
  /// chosen fields; rows without one merge nothing. `parser`: which of several read the row, from 0.
  std::uint32_t of(const formats::Row& row, bool has_number, std::size_t parser = 0);
  /// Valid until the next call of of().
  window::GroupIdentity identity(std::uint32_t series) const;
  std::uint32_t group(std::uint32_t series) const { return series_[series].group; }
  std::size_t groups() const noexcept { return groups_.size(); }
  /// The tags that were named.
  const std::vector<std::string>& grouped_by() const noexcept { return group_by_; }
  /// Those with numbers whose rows lack this tag, where others have it; none where all tags count.
  std::vector<std::uint32_t> groups_without(const std::string& tag) const;
  /// Whether merged() is about this group, too.
  bool is_merged(std::uint32_t group) const {
    return groups_[group].names > 1 || !groups_[group].differs_in.empty();
  }

  /// Sentences, none where nothing was merged: several measurements, or rows that
  /// differ in a tag, in one group.
  std::vector<std::string> merged() const;
  /// Adds a name that may be suggested for one that no row has: a column of a CSV.
  void know(const std::string& tag);
  /// Of the names to group by: those that no row had, with a suggestion.
  std::vector<std::string> never_there() const;

 private:
  struct Group {
    std::vector<std::pair<std::string, std::string>> first_tags;  ///< of its first row with a number
    std::string first_name;
    std::uint32_t names = 0;  ///< measurements with numbers
    std::string differs_in;   ///< a tag in which its rows differ
    std::string one, other;   ///< values of that, the other may be absent
  };
  struct Series {
    std::string key;  ///< of the group
    std::string name;
    window::Tags tags;
    std::uint32_t group = 0;
    bool has_numbers = false;
  };
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using Numbers = std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>>;

  /// What is known of a parser's own number of a series.
  struct OfParser {
    std::uint32_t series = 0;
    bool known = false;
    bool noted = false;  ///< with a number; once more changes nothing
  };
  std::pair<std::uint32_t, bool> look_up(const formats::Row& row, bool has_number);
  bool set_key(const formats::Row& row);
  void note_merging(const formats::Row& row, Series& series);

  std::vector<std::string> group_by_;  ///< sorted, each once
  std::vector<bool> there_;            ///< one each of group_by_
  bool all_tags_ = false;
  bool by_name_ = false;
  std::vector<std::string> known_tags_;  ///< of rows that lacked one, and columns
  std::size_t lacking_seen_ = 0;
  std::vector<std::pair<std::string_view, std::string_view>> sorted_tags_;
  window::Tags tags_;
  std::string key_;         ///< of the group
  std::string series_key_;  ///< with the measurement
  Numbers numbers_;
  Numbers group_numbers_;
  std::vector<std::vector<OfParser>> of_parsers_;  ///< one a parser, by its numbers
  std::vector<Series> series_;
  std::vector<Group> groups_;
};

}  // namespace oddity::replay
