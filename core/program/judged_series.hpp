// What replay has judged, kept for a picture of it.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <unordered_map>
#include <vector>

#include "detect/verdict.hpp"
#include "picture/picture.hpp"
#include "result_file.hpp"

namespace oddity::program {

/// One series for each group and field: the rows of all windows that were judged, each once where
/// windows overlap. 16 bytes a row and field. A picture has at most `most_series` of them; those of
/// later groups are counted only.
///
/// 1. JudgedSeries(fields, period, file);
/// 2. add(verdict) for each window;
/// 3. draw(subtitle), once, then file().finish().
class JudgedSeries {
 public:
  static constexpr std::size_t max_series = 24;

  /// `period`: of the windows, ns; 0: each is one row. Throws oddity::Error when the file cannot be written.
  JudgedSeries(std::vector<std::string> fields, std::int64_t period, const std::string& file);

  void add(const detect::Verdict& verdict);
  /// What comes of it, in one sentence.
  std::string draw(const std::string& subtitle);
  ResultFile& file() noexcept { return out_; }

 private:
  struct Series {
    std::string name;
    std::vector<std::int64_t> times;
    std::vector<double> values;
    std::vector<demo::MarkedWindow> found;
  };
  struct Group {
    std::size_t first = 0;  ///< of its series, one a field
    std::int64_t latest = std::numeric_limits<std::int64_t>::min();
  };
  Group* group_of(const window::GroupWindow& window);

  const std::vector<std::string> fields_;
  const std::int64_t period_;
  const std::string file_;
  ResultFile out_;
  std::unordered_map<std::string, Group> groups_;
  std::vector<Series> series_;
  bool left_out_ = false;
};

}  // namespace oddity::program
