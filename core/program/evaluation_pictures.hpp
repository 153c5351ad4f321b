// What evaluate draws: each series with its labels and its alarms, and the curve of the threshold.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evaluate/evaluation.hpp"
#include "evaluate/report.hpp"
#include "result_file.hpp"

namespace oddity::program {

/// 1. EvaluationPictures(curve, picture) before the work begins: throws oddity::Error where nothing can be written there;
/// 2. draw(report, sets), what came of it in one sentence each.
class EvaluationPictures {
 public:
  /// Either may be empty. `picture`: a file that ends in .svg, for the first series in one picture, or a folder, for a file of each.
  /// `worst`: only so many series are drawn, those with the most missed events and false alarms, the worst first.
  EvaluationPictures(const std::string& curve, const std::string& picture, std::optional<std::size_t> worst);

  std::vector<std::string> draw(const evaluate::Report& report, std::span<const evaluate::JudgedSet> sets);

  static bool is_file(const std::string& picture) { return picture.ends_with(".svg"); }

 private:
  struct Drawn {
    const evaluate::JudgedSet* set;
    const evaluate::JudgedSeries* judged;
    std::size_t mistakes;
  };

  std::vector<Drawn> to_draw(const evaluate::Report& report, std::span<const evaluate::JudgedSet> sets) const;
  std::string draw_curve(const evaluate::Report& report);
  std::string draw_one(const evaluate::Report& report, std::span<const Drawn> all);
  std::string draw_each(const evaluate::Report& report, std::span<const Drawn> all) const;

  std::string curve_;
  std::string picture_;
  std::optional<std::size_t> worst_;
  std::unique_ptr<ResultFile> curve_file_;
  std::unique_ptr<ResultFile> picture_file_;
};

}  // namespace oddity::program
