// Files whose times can hardly be meant: all of them, or some beside times of these days.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "row/plausible_times.hpp"
#include "row/row.hpp"

namespace oddity::replay {

/// 1. begin_file(name);
/// 2. add(time, line) for each of its rows, as they stand in it;
/// 3. end_file(unit, all_numbers), and so on for each file;
/// 4. sentences().
class DoubtfulTimes {
 public:
  void begin_file(const std::string& name) {
    file_ = File();
    file_.name = name;
  }
  void add(std::int64_t time, std::uint64_t line) noexcept {
    if (file_.rows++ == 0) file_.first = time;
    file_.last = time;
    if (formats::is_of_these_days(time)) {
      ++file_.of_these_days;
    } else if (formats::is_of_another_unit(time) && file_.others++ == 0) {
      file_.first_other = {time, line};
    }
  }
  std::uint64_t rows() const noexcept { return file_.rows; }  ///< of the last file
  /// `unit`: of times that are numbers; none where no time is. `all_numbers`: every time is one.
  void end_file(std::optional<formats::Precision> unit, bool all_numbers);

  /// The first of a kind with its words, then how many files are like it.
  std::vector<std::string> sentences() const;

 private:
  struct File {
    std::string name;
    std::uint64_t rows = 0;
    std::int64_t first = 0, last = 0;
    std::uint64_t of_these_days = 0;
    std::uint64_t others = 0;  ///< rows whose times another unit would put into these days
    struct {
      std::int64_t time = 0;
      std::uint64_t line = 0;
    } first_other;
  };
  File file_;
  std::uint64_t files_ = 0;
  std::vector<std::string> doubts_;  ///< one a file
  std::vector<std::string> mixed_;   ///< one a file
};

}  // namespace oddity::replay
