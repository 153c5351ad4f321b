// `oddity evaluate`: what a detector is worth, by labelled series.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <thread>

#include "at_least_one.hpp"
#include "base/error.hpp"
#include "engine_options.hpp"
#include "evaluate/data_set.hpp"
#include "evaluate/evaluation.hpp"
#include "evaluate/foreign_scores.hpp"
#include "evaluate/judge.hpp"
#include "evaluate/judging.hpp"
#include "evaluate/report.hpp"
#include "evaluation_pictures.hpp"
#include "guarded_calls.hpp"
#include "progress_line.hpp"
#include "result_file.hpp"
#include "verbs.hpp"

namespace oddity::program {
namespace {

struct EvaluateOptions {
  EngineOptions engine;
  std::vector<std::string> folders;
  std::string period;
  std::string precision = "s";
  std::optional<std::size_t> skip;
  std::size_t threads = 0;
  std::string scores;
  std::optional<double> threshold;
  bool by_series = false;
  bool json = false;
  std::string curve;
  std::string picture;
  std::optional<std::size_t> worst;
};

void add_options(CLI::App& verb, EvaluateOptions& given) {
  verb.add_option("folders", given.folders, "Folders of labelled series; docs/evaluate.md has their layouts")
      ->required();
  given.engine.add_to(verb);
  verb.add_option("--period", given.period,
                  "Length of a window, as of replay; default: each row is a window");
  verb.add_option("--precision", given.precision, "Unit of whole-number times")
      ->check(CLI::IsMember({"ns", "us", "ms", "s"}))
      ->capture_default_str();
  verb.add_option(
      "--skip", given.skip,
      "Rows at the front of each series that are not scored; default: the training part, else 1440, "
      "and of NAB's layout 15 %, at most 750");
  verb.add_option("--threads", given.threads, "How many series are judged at once; default: one a core")
      ->check(at_least_one());
  verb.add_option(
          "--scores", given.scores,
          "Folder of another detector's scores, as NAB keeps its results: they are scored, nothing is judged")
      ->type_name("FOLDER");
  verb.add_option("--threshold", given.threshold,
                  "A score above it is odd; default: 1, of --scores the one with the best F1");
  verb.add_flag("--json", given.json, "One JSON document in place of the tables, with the curves' numbers");
  verb.add_option("--curve", given.curve,
                  "Draw events found against false alarms a week, to this file (SVG)");
  verb.add_option("--picture", given.picture,
                  "Draw series with labels and alarms: the first to this file, if it ends in .svg, or each "
                  "to one in this folder");
  verb.add_option(
          "--worst", given.worst,
          "Of --picture: only so many series, those with the most missed events and false alarms first")
      ->check(at_least_one());
  verb.add_flag("--by-series", given.by_series, "A line for each series, too");
}

formats::Precision precision_of(const std::string& name) {
  return name == "s"    ? formats::Precision::s
         : name == "ms" ? formats::Precision::ms
         : name == "us" ? formats::Precision::us
                        : formats::Precision::ns;
}

std::optional<window::WindowSpec> windows_of(const EvaluateOptions& given) {
  if (given.period.empty()) return std::nullopt;
  const std::int64_t period = duration_option("--period", given.period);
  if (period == 0) throw Error({"option '--period'", "a duration above 0", "'" + given.period + "'", ""});
  return window::WindowSpec{period, period, false};
}

/// The engine, as of replay; or the scores of another detector.
evaluate::Judging::Judge judge_of(const EvaluateOptions& given, const setup::Ready* ready, CallWatch& watch) {
  if (ready == nullptr) {
    return [&given](const evaluate::LabelledSeries& series, Log&) {
      return evaluate::read_scores(given.scores, series);
    };
  }
  return [&plan = ready->engine->plan(), windows = windows_of(given), &watch](
             const evaluate::LabelledSeries& series, Log& log) {
    return evaluate::judge(series, plan, windows, log, &watch);
  };
}

std::optional<setup::Ready> prepare(EvaluateOptions& given, setup::Setup& setup, Log& log) {
  if (!given.scores.empty()) {
    const options::Settings settings = given.engine.settings();
    if (!settings.given.empty() || !settings.params.empty() || !given.engine.config().empty() ||
        !given.period.empty())
      throw Error({"option '--scores'", "no options of a detector beside it", "some",
                   "with --scores nothing is judged"});
    return std::nullopt;
  }
  if (given.engine.of("field").empty()) given.engine.of("field") = {"value"};
  setup::Ready ready = setup.prepare(given.engine.settings(), log);
  for (const std::string& note : ready.options.notes) log.write(note);
  return ready;
}

std::string judged_by(const EvaluateOptions& given, const std::optional<setup::Ready>& ready) {
  if (!ready) return "scores of " + given.scores;
  return ready->options.text() + (given.period.empty() ? ", each row" : ", windows of " + given.period);
}

/// Of scores that somebody else gave nobody knows from where on they are odd: the threshold with the best F1 is taken.
double threshold_of(const EvaluateOptions& given, const evaluate::Curve& curve) {
  if (given.threshold) return *given.threshold;
  const evaluate::CurvePoint* const best = given.scores.empty() ? nullptr : evaluate::best_f1(curve);
  return best == nullptr ? evaluate::AlarmRule().threshold : best->threshold;
}

evaluate::Report report_of(const EvaluateOptions& given, const std::optional<setup::Ready>& ready,
                           std::span<const evaluate::JudgedSet> judged, std::size_t threads) {
  evaluate::Rules rules{{}, given.skip};
  if (ready) rules.alarms.quiet = ready->engine->plan().rest;
  const std::vector<double> thresholds =
      evaluate::thresholds_of(judged, given.threshold.value_or(rules.alarms.threshold));
  evaluate::Report report;
  report.curves = evaluate::curves_of(judged, rules, thresholds, threads);
  rules.alarms.threshold = threshold_of(given, report.curves.back());
  report.alarms = rules.alarms;
  for (const evaluate::JudgedSet& set : judged)
    report.sets.push_back(evaluate::result_of(set, rules, thresholds));
  if (judged.size() > 1) report.all = evaluate::result_of_all(judged, report.sets, rules, thresholds);
  return report;
}

/// Series, labels, and scores.
std::vector<NamedFile> inputs_of(const EvaluateOptions& given, std::span<const evaluate::DataSet> sets) {
  std::vector<NamedFile> inputs{{"--config", given.engine.config()}};
  for (const evaluate::DataSet& set : sets) {
    for (const evaluate::SeriesFile& series : set.series) inputs.push_back({"input", series.file.string()});
    for (const auto& labels : set.labels) inputs.push_back({"input", labels.string()});
  }
  std::error_code none;  // a folder of scores that is not there is told for each series
  if (given.scores.empty()) return inputs;
  for (const auto& scores : std::filesystem::recursive_directory_iterator(given.scores, none))
    inputs.push_back({"--scores", scores.path().string()});
  return inputs;
}

/// No picture may take the place of what is evaluated.
void require_pictures_apart(const EvaluateOptions& given, std::span<const evaluate::DataSet> sets) {
  std::vector<NamedFile> outputs{{"stdout", "-"}};
  if (!given.curve.empty()) outputs.push_back({"--curve", given.curve});
  if (EvaluationPictures::is_file(given.picture)) outputs.push_back({"--picture", given.picture});
  require_apart(inputs_of(given, sets), outputs);
}

void tell_same_folders(std::span<const std::string> folders, Log& log) {
  std::error_code none;
  for (std::size_t i = 0; i < folders.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (!std::filesystem::equivalent(folders[i], folders[j], none)) continue;
      log.line("data '{}' is the same folder as '{}': its series count twice", folders[i], folders[j]);
      break;
    }
  }
}

int run_evaluate(EvaluateOptions given) {
  Log log(STDERR_FILENO);
  if (given.threshold && !std::isfinite(*given.threshold))
    throw Error({"option '--threshold'", "a finite number", std::to_string(*given.threshold), ""});
  if (given.worst && given.picture.empty())
    throw Error({"option '--worst'", "--picture beside it", "none", "--worst says which series are drawn"});
  setup::Setup setup = given.engine.setup();
  const std::optional<setup::Ready> ready = prepare(given, setup, log);
  GuardedCalls guarded(setup.config(), log);
  if (ready && given.period.empty()) {
    const CallWatch::Watched watched(guarded.watch(), ready->engine->running());
    for (const std::string& note : ready->engine->notes_on_single_rows()) log.write(note);
  }
  replay::NamedFew wrong_labels([&](const std::string& text) { log.write(text); }, "labels");
  std::vector<evaluate::DataSet> sets;
  for (const std::string& folder : given.folders)
    sets.push_back(evaluate::find_data_set(folder, wrong_labels));
  require_pictures_apart(given, sets);
  tell_same_folders(given.folders, log);
  EvaluationPictures pictures(given.curve, given.picture, given.worst);

  const std::size_t threads =
      given.threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : given.threads;
  const std::vector<std::string> fields =
      ready ? ready->engine->plan().fields : std::vector<std::string>{"value"};
  evaluate::Judging judging(std::move(sets), {fields, precision_of(given.precision)},
                            judge_of(given, ready ? &*ready : nullptr, guarded.watch()));
  {
    ProgressLine progress;
    judging.run(threads, [&](std::size_t done, std::size_t all) { progress.show(done, all, "series"); });
  }
  const std::size_t left_out = judging.tell(wrong_labels, log);
  const bool judged_any = judging.windows() != 0;
  const std::vector<evaluate::JudgedSet> judged = judging.take();
  evaluate::Report report = report_of(given, ready, judged, threads);
  report.judged_by = judged_by(given, ready);
  const std::string text =
      given.json ? evaluate::json(report, given.by_series) : evaluate::table(report, given.by_series);
  std::fwrite(text.data(), 1, text.size(), stdout);
  for (const std::string& drawn : pictures.draw(report, judged)) log.write(drawn);
  if (!judged_any) log.line("nothing was judged: no window of any series has a score");
  return left_out == 0 && judged_any ? 0 : 1;  // 2, of main: what was asked for cannot be done at all
}

}  // namespace

void add_evaluate_verb(CLI::App& app, int& exit_code) {
  const auto given = std::make_shared<EvaluateOptions>();
  CLI::App* verb = app.add_subcommand("evaluate", "What a detector is worth: judges labelled series");
  add_options(*verb, *given);
  verb->callback([given, &exit_code] { exit_code = run_evaluate(*given); });
}

}  // namespace oddity::program
