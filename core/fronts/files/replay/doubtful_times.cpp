#include "replay/doubtful_times.hpp"

#include <fmt/format.h>

#include "base/time.hpp"
#include "replay/counted.hpp"

namespace oddity::replay {

void DoubtfulTimes::end_file(std::optional<formats::Precision> unit, bool all_numbers) {
  ++files_;
  if (!unit || file_.rows == 0) return;
  if (all_numbers) {
    if (const std::string doubt = formats::doubt_about_times(file_.first, file_.last, *unit); !doubt.empty())
      return doubts_.push_back(file_.name + ": " + doubt);
  }
  if (file_.others == 0 || file_.of_these_days == 0) return;
  const auto [time, line] = file_.first_other;
  const std::string better = formats::better_unit_of(time, *unit);
  if (better.empty()) return;
  mixed_.push_back(
      fmt::format("{}:{}: its time is {}; {} of {} are so far from the others: is their unit another?{}",
                  file_.name, line, format_time(time), file_.others, counted(file_.rows, "time"), better));
}

std::vector<std::string> DoubtfulTimes::sentences() const {
  std::vector<std::string> sentences;
  for (const auto* const kind : {&doubts_, &mixed_}) {
    if (!kind->empty()) sentences.push_back(kind->front());
    if (kind->size() > 1)
      sentences.push_back(fmt::format("the times of {} of {} files are as doubtful", kind->size(), files_));
  }
  return sentences;
}

}  // namespace oddity::replay
