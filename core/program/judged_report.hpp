// What was judged, kept for a page of it: --report.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "detect/verdict.hpp"
#include "judged_point.hpp"
#include "page/page.hpp"
#include "result_file.hpp"

namespace oddity::program {

/// One series for each group and field, one point for each judged window. Memory is bounded: 200 000 points or so are kept of all series
/// together, those of long series being thinned, and 5 000 series; the page says what it does not show.
///
/// 1. JudgedReport(file), which throws oddity::Error when it cannot be written;
/// 2. add(verdict, fields) for each window;
/// 3. write(title, subtitle), once, then file().finish().
class JudgedReport {
 public:
  static constexpr std::size_t most_series = 5000;
  static constexpr std::size_t most_points = 200'000;

  explicit JudgedReport(const std::string& file) : file_(file), out_("--report", file) {}

  /// `fields`: names of the window's columns.
  void add(const detect::Verdict& verdict, const std::vector<std::string>& fields);
  /// What comes of it, in one sentence.
  std::string write(const std::string& title, const std::string& subtitle);
  ResultFile& file() noexcept { return out_; }

 private:
  std::size_t first_of(const window::GroupWindow& window, const std::vector<std::string>& fields);
  void add_point(std::size_t place, const detect::Verdict& verdict, std::size_t column);
  void make_room();
  std::vector<std::string> notes() const;

  const std::string file_;
  ResultFile out_;
  page::ReportData data_;
  std::vector<SaidColumns> said_;                       ///< of each series
  std::unordered_map<std::string, std::size_t> first_;  ///< series of a group, of which there is one a field
  std::size_t most_of_one_ = 4000;                      ///< points of each series
  std::string first_left_out_;
};

}  // namespace oddity::program
