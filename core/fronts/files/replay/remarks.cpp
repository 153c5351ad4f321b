// What the user should know about the input, when all is read and judged.
#include <fmt/format.h>

#include <algorithm>

#include "base/time.hpp"
#include "replay/counted.hpp"
#include "replay/replay.hpp"
#include "replay/series_column.hpp"

namespace oddity::replay {
namespace {

/// "a, b, ..."
std::string first_few(const std::vector<std::string>& names) {
  constexpr std::size_t max = 8;
  const auto end = names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), max));
  return fmt::format("{}{}", fmt::join(names.begin(), end, ", "), names.size() > max ? ", ..." : "");
}

/// "; did you mean 'x'?", or the names that there are, or nothing.
std::string instead_of(const std::string& word, const std::vector<std::string>& names) {
  if (names.empty()) return "";
  if (const std::string near = did_you_mean(word, names); !near.empty()) return "; " + near;
  return "; there are: " + first_few(names);
}

/// Those that were given and say nothing of line protocol.
std::vector<std::string> options_of_csv(const Reading& reading) {
  std::vector<std::string> given;
  if (!reading.csv.time.empty()) given.emplace_back("--time-column");
  if (!reading.csv.tags.empty()) given.emplace_back("--tag-column");
  if (!reading.time_format.empty()) given.emplace_back("--time-format");
  if (!reading.timezone.empty()) given.emplace_back("--timezone");
  return given;
}

}  // namespace

void Replay::note_lone(const LoneClocks& clocks) {
  NamedFew named([&](const std::string& text) { lone_clocks_.push_back(text); }, "such rows");
  for (const LoneClocks::Lone& lone : clocks.found()) {
    named.add([&] {
      const std::string more = lone.rows == 1 ? "" : fmt::format(" as that of {} more,", lone.rows - 1);
      return fmt::format(
          "{}: its time, {},{} lies far from all others of its group, the nearest being {}: "
          "is its clock right?",
          place(lone.place), format_time(lone.time), more, format_time(lone.next));
    });
  }
}

/// Rows without a tag that others have are a group of their own.
void Replay::note_lacking(const LoneClocks& clocks) {
  for (const std::string& tag : series_.grouped_by()) {
    std::uint64_t rows = 0;
    Place first;
    for (const std::uint32_t group : series_.groups_without(tag)) {
      if (rows == 0 || clocks.first(group).number() < first.number()) first = clocks.first(group);
      rows += clocks.rows(group);
    }
    if (rows == 0) continue;
    lacking_.push_back(
        fmt::format("{} the tag '{}' of --group-by (first {}): they are judged as a group of their own",
                    rows == 1 ? "1 point lacks" : counted(rows, "point") + " lack", tag, place(first)));
  }
}

std::vector<std::string> Replay::remarks() const {
  std::vector<std::string> remarks;
  if (!empty_.empty() && files_.size() > 1) remarks.push_back("no row in " + first_few(empty_));
  if (const auto given = options_of_csv(reading_); !given.empty() && !has_csv_)
    remarks.push_back(
        fmt::format("{}: of use for CSV alone, and no input was read as CSV (is --format csv missing?)",
                    fmt::join(given, ", ")));
  remark_names(remarks);
  remark_times(remarks);
  return remarks;
}

void Replay::remark_names(std::vector<std::string>& remarks) const {
  if (counts_.rows == 0 && counts_.other_measurements != 0) {
    remarks.push_back(fmt::format("no row is of the measurement '{}'{}", reading_.measurement,
                                  instead_of(reading_.measurement, other_measurements_)));
  }
  if (counts_.rows == 0 && counts_.other_fields != 0)
    remarks.push_back(fmt::format("no row has field '{}'", fmt::join(fields_, "' or '")));
  if (counts_.rows == 0) return;
  for (std::size_t field = 0; field < fields_.size(); ++field) {
    if (counts_.numbers[field] == 0)
      remarks.push_back(fmt::format("no row has a number in field '{}'{}", fields_[field],
                                    instead_of(fields_[field], other_fields_)));
  }
  const auto told_apart = repeated_.told_apart(texts_.columns());
  for (const auto& sentences : {series_.never_there(), lacking_, series_.merged(), told_apart})
    remarks.insert(remarks.end(), sentences.begin(), sentences.end());
  if (!told_apart.empty() || !reading_.group_by.empty()) return;  // who grouped has looked at the columns
  if (const std::string column = series_column(texts_.columns()); !column.empty()) remarks.push_back(column);
}

std::vector<std::string> Replay::repeated_times() const {
  if (!repeated_.told_apart(texts_.columns()).empty()) return {};
  return repeated_.of_one_file([&](Place row) { return place(row); });
}

void Replay::remark_times(std::vector<std::string>& remarks) const {
  const auto doubts = doubtful_.sentences();
  remarks.insert(remarks.end(), doubts.begin(), doubts.end());
  if (order_.out_of_order() != 0) {
    remarks.push_back(fmt::format("{} came after a later one, the first at {}; all were put in order",
                                  counted(order_.out_of_order(), "point"),
                                  place(order_.first_out_of_order())));
  }
  const auto repeated = repeated_.of_several_files([&](std::uint32_t file) { return files_[file]; },
                                                   [&](Place row) { return place(row); });
  remarks.insert(remarks.end(), repeated.begin(), repeated.end());
  remarks.insert(remarks.end(), lone_clocks_.begin(), lone_clocks_.end());
  if (times_.twice() != 0) {
    remarks.push_back(
        fmt::format("{} in an hour that comes twice in {}, the first is '{}'; which "
                    "of the two is meant was inferred from the times around it",
                    counted(times_.twice(), "time"), reading_.timezone, times_.first_twice()));
  }
}

}  // namespace oddity::replay
