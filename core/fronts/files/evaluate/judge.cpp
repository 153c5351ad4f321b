#include "evaluate/judge.hpp"

#include "detect/pipeline.hpp"

namespace oddity::evaluate {
namespace {

std::vector<JudgedWindow> judge_rows(const LabelledSeries& series, detect::Pipeline& pipeline) {
  std::vector<JudgedWindow> judged;
  judged.reserve(series.rows());
  window::GroupWindow window;
  window.group = series.name;
  window.times.resize(1);
  window.columns.assign(series.columns.size(), std::vector<double>(1));
  for (std::size_t row = 0; row < series.rows(); ++row) {
    window.end = window.times[0] = series.times[row];
    for (std::size_t field = 0; field < series.columns.size(); ++field)
      window.columns[field][0] = series.columns[field][row];
    judged.push_back({row, row, pipeline.judge(window).overall.score});
  }
  return judged;
}

std::vector<JudgedWindow> judge_windows(const LabelledSeries& series, detect::Pipeline& pipeline,
                                        const window::WindowSpec& spec) {
  std::vector<JudgedWindow> judged;
  std::size_t row =
      0;  // the one that ends the window; times never go back, so that its rows are those before
  window::TimeWindows windows(spec, series.columns.size(), [&](const window::GroupWindow& window) {
    if (window.rows() == 0) return;
    judged.push_back({row - window.rows(), row - 1, pipeline.judge(window).overall.score});
  });
  std::vector<double> values(series.columns.size());
  const window::Tags no_tags;
  for (; row < series.rows(); ++row) {
    for (std::size_t field = 0; field < values.size(); ++field) values[field] = series.columns[field][row];
    windows.add({series.name, {}, &no_tags, false}, series.times[row], values);
  }
  return judged;
}

}  // namespace

Judged judge(const LabelledSeries& series, const detect::Plan& plan,
             const std::optional<window::WindowSpec>& windows, Log& log, CallWatch* watch) {
  detect::Pipeline pipeline(plan, log);
  std::optional<CallWatch::Watched> watched;
  if (watch != nullptr) watched.emplace(*watch, pipeline.running());
  Judged judged;
  judged.windows = windows ? judge_windows(series, pipeline, *windows) : judge_rows(series, pipeline);
  judged.failures = pipeline.totals().failures;
  judged.forgotten = pipeline.totals().expired;
  return judged;
}

}  // namespace oddity::evaluate
