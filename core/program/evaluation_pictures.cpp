#include "evaluation_pictures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <system_error>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "evaluate/alarms.hpp"
#include "picture/chart.hpp"
#include "picture/picture.hpp"

namespace oddity::program {
namespace {

constexpr std::size_t max_panels = 24;  // of one picture

/// From the first row to behind the last one.
demo::MarkedWindow window_of(const evaluate::LabelledSeries& series, std::size_t first, std::size_t last) {
  std::int64_t end = series.times[last];
  if (__builtin_add_overflow(end, std::max<std::int64_t>(series.step, 1), &end)) end = series.times[last];
  return {series.times[first], end};
}

demo::Panel panel_of(const std::string& name, const evaluate::JudgedSeries& judged,
                     const evaluate::AlarmRule& rule) {
  const evaluate::LabelledSeries& series = judged.series;
  demo::Panel panel{to_utf8(name), "", series.times, series.columns[0], {}, {}};
  for (const evaluate::Event& event : series.events)
    panel.labelled.push_back(window_of(series, event.begin, event.end - 1));
  evaluate::Alarms alarms(rule);
  for (const evaluate::JudgedWindow& window : judged.windows) {
    if (alarms.raises(window.score, series.times[window.last]))
      panel.found.push_back(window_of(series, window.first, window.last));
  }
  return panel;
}

/// "realTraffic_speed_6005.csv.svg": names have folders in them. `set`: empty where there is only one.
std::string file_name(const std::string& set, const std::string& series) {
  std::string name = (set.empty() ? "" : set + "_") + series + ".svg";
  name.erase(0, name.find_first_not_of("./"));
  std::replace(name.begin(), name.end(), '/', '_');
  return name;
}

}  // namespace

EvaluationPictures::EvaluationPictures(const std::string& curve, const std::string& picture,
                                       std::optional<std::size_t> worst)
    : curve_(curve), picture_(picture), worst_(worst) {
  if (!curve.empty()) curve_file_ = std::make_unique<ResultFile>("--curve", curve);
  if (picture.empty()) return;
  if (is_file(picture)) {
    picture_file_ = std::make_unique<ResultFile>("--picture", picture);
    return;
  }
  std::error_code failed;
  std::filesystem::create_directories(picture, failed);
  if (!std::filesystem::is_directory(picture))
    throw Error({"option '--picture'", "a folder, or a file that ends in .svg", "'" + picture + "'",
                 failed ? failed.message() : "it is there, and no folder"});
}

std::vector<std::string> EvaluationPictures::draw(const evaluate::Report& report,
                                                  std::span<const evaluate::JudgedSet> sets) {
  std::vector<std::string> drawn;
  if (curve_file_) drawn.push_back(draw_curve(report));
  if (picture_file_) {
    drawn.push_back(draw_one(report, to_draw(report, sets)));
  } else if (!picture_.empty()) {
    drawn.push_back(draw_each(report, to_draw(report, sets)));
  }
  return drawn;
}

/// All series in their order, or the worst.
std::vector<EvaluationPictures::Drawn> EvaluationPictures::to_draw(
    const evaluate::Report& report, std::span<const evaluate::JudgedSet> sets) const {
  std::vector<Drawn> all;
  for (std::size_t set = 0; set < sets.size(); ++set) {
    for (std::size_t i = 0; i < sets[set].series.size(); ++i) {
      const evaluate::EventScore& score = report.sets[set].series[i].events;
      all.push_back({&sets[set], &sets[set].series[i], score.events - score.found + score.false_alarms});
    }
  }
  if (!worst_) return all;
  std::ranges::stable_sort(all, std::greater(), &Drawn::mistakes);
  all.resize(std::min(all.size(), *worst_));
  return all;
}

std::string EvaluationPictures::draw_curve(const evaluate::Report& report) {
  demo::Chart chart{"What the threshold trades",
                    report.judged_by,
                    "false alarms a week",
                    "events found, as a share of all",
                    fmt::format("at {:.6g}", report.alarms.threshold),
                    {}};
  for (const evaluate::Curve& curve : report.curves) {
    demo::ChartLine& line = chart.lines.emplace_back(demo::ChartLine{to_utf8(curve.name), {}, {}});
    for (const evaluate::CurvePoint& point : curve.points) {
      line.points.push_back({point.events.false_alarms_a_week(), point.events.recall()});
      if (point.threshold == report.alarms.threshold) line.marked = line.points.back();
    }
  }
  curve_file_->write(demo::draw(chart));
  curve_file_->finish();
  return fmt::format("curve: {}", curve_);
}

std::string EvaluationPictures::draw_one(const evaluate::Report& report, std::span<const Drawn> all) {
  demo::Picture picture{"What is labelled, and what raised an alarm", report.judged_by, {}};
  const std::size_t drawn = std::min(all.size(), max_panels);
  for (const Drawn& one : all.first(drawn))
    picture.panels.push_back(panel_of(one.judged->series.name, *one.judged, report.alarms));
  if (drawn == 0) picture.panels.push_back({"nothing was judged", "", {}, {}, {}, {}});
  picture_file_->write(demo::draw(picture));
  picture_file_->finish();
  return fmt::format(
      "picture: {}, {} series{}", picture_, drawn,
      drawn < all.size() ? fmt::format(" of {} (a folder in place of the file takes all)", all.size()) : "");
}

std::string EvaluationPictures::draw_each(const evaluate::Report& report, std::span<const Drawn> all) const {
  const bool several = report.sets.size() > 1;
  for (const Drawn& one : all) {
    const std::string& name = one.judged->series.name;
    const std::string place =
        (std::filesystem::path(picture_) / file_name(several ? one.set->name : "", name)).string();
    ResultFile file("--picture", place);
    file.write(demo::draw(demo::Picture{"What is labelled, and what raised an alarm",
                                        report.judged_by,
                                        {panel_of(name, *one.judged, report.alarms)}}));
    file.finish();
  }
  return fmt::format("pictures: {} in {}", all.size(), picture_);
}

}  // namespace oddity::program
