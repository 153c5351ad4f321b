#include "replay/repeated_times.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "replay/counted.hpp"
#include "window/present_fields.hpp"

namespace oddity::replay {
namespace {

/// "a, b, c, ..."
std::string first_of(const std::vector<std::string>& texts) {
  constexpr std::size_t max = 5, longest = 40;
  std::string text;
  for (std::size_t i = 0; i < std::min(texts.size(), max); ++i)
    text += (i == 0 ? "" : ", ") + texts[i].substr(0, longest);
  return text + (texts.size() > max ? ", ..." : "");
}

/// "09:30", or a date before that.
bool hold_times(const std::vector<std::string>& texts) {
  return std::ranges::all_of(texts, [](const std::string& text) {
    const std::size_t colon = text.find(':');
    const auto is_digit = [&](std::size_t at) {
      return at < text.size() && text[at] >= '0' && text[at] <= '9';
    };
    return colon != std::string::npos && colon != 0 && is_digit(colon - 1) && is_digit(colon + 1) &&
           is_digit(colon + 2);
  });
}

}  // namespace

void RepeatedTimes::add(std::uint32_t group, const OrderedRow& row, bool merged) {
  if (group >= groups_.size()) groups_.resize(group + 1);
  Last& last = groups_[group];
  const std::uint64_t present = window::present_fields(row.values);
  if (!last.any || last.time != row.time) {
    last = {true, row.time, row.texts, row.place, present};
    return;
  }
  const bool again = (last.present & present) != 0;
  last.present |= present;
  if (!merged && again) note(row.place, last.first);
  if ((last.texts | row.texts) != 0) {
    ++with_texts_;
    for (std::size_t place = 0; place < differing_.size(); ++place)
      differing_[place] += formats::UnusedTexts::differ(last.texts, row.texts, place) ? 1 : 0;
  }
  last.texts = row.texts;
}

void RepeatedTimes::note(Place row, Place earlier) {
  if (row.file() == earlier.file()) {
    if (within_.rows++ == 0) within_ = {1, row, earlier};
    return;
  }
  if (row.file() >= files_.size()) files_.resize(row.file() + 1);
  OfFile& file = files_[row.file()];
  if (++file.rows != 1 && file.first.number() < row.number()) return;
  file.first = row;
  file.earlier = earlier;
}

std::vector<std::string> RepeatedTimes::of_several_files(
    const std::function<std::string(std::uint32_t)>& name,
    const std::function<std::string(Place)>& place) const {
  std::vector<std::string> sentences;
  for (std::uint32_t number = 0; number < files_.size(); ++number) {
    const OfFile& file = files_[number];
    if (file.rows == 0) continue;
    const bool one = file.rows == 1;
    sentences.push_back(fmt::format(
        "{} of {} {} ({}{} as {}); {} judged", counted(file.rows, "point"), name(number),
        one ? "has the time of a point already read" : "have the times of points already read",
        one ? "" : "first ", place(file.first), place(file.earlier), one ? "both were" : "they were all"));
  }
  return sentences;
}

std::vector<std::string> RepeatedTimes::of_one_file(const std::function<std::string(Place)>& place) const {
  if (within_.rows == 0) return {};
  return {fmt::format("{} the time of another in the same group (first {} as {}); all were judged",
                      within_.rows == 1 ? "1 point has" : counted(within_.rows, "point") + " have",
                      place(within_.first), place(within_.earlier))};
}

std::vector<std::string> RepeatedTimes::told_apart(
    const std::vector<formats::UnusedTexts::Column>& columns) const {
  const auto best = std::ranges::max_element(
      columns, {}, [&](const formats::UnusedTexts::Column& column) { return differing_[column.place]; });
  if (with_texts_ == 0 || best == columns.end()) return {};
  const std::uint64_t rows = differing_[best->place];
  if (rows * 10 < with_texts_ * 9) return {};
  return {fmt::format(
      "{} of the same time as another, judged as one series, differ in column '{}', which has {} ({}) and "
      "was "
      "not used; {}",
      counted(rows, "row"), best->name, counted(best->texts.size(), "value"), first_of(best->texts),
      hold_times(best->texts)
          ? "its texts are times: --time-column names one that has the whole time, date and clock"
          : fmt::format("--group-by {} keeps them apart", best->name))};
}

}  // namespace oddity::replay
