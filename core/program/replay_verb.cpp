// `oddity replay`: the main job over files.
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>

#include "base/error.hpp"
#include "engine_options.hpp"
#include "judged_series.hpp"
#include "verbs.hpp"
#include "json_lines/json_lines.hpp"
#include "replay/replay.hpp"

namespace oddity::program {
namespace {

struct ReplayOptions {
  EngineOptions engine;
  std::vector<std::string> files;
  std::string measurement;
  std::string period = "5m";
  std::string every;
  bool align = false;
  std::vector<std::string> group_by;
  std::string format;
  std::string precision = "ns";
  std::string time_column;
  std::vector<std::string> tag_columns;
  std::string output;
  std::string picture;
  bool only_anomalies = false;
};

void add_options(CLI::App& verb, ReplayOptions& given) {
  verb.add_option("files", given.files, "Files of line protocol or CSV, plain or gzip; - for stdin")
      ->required();
  given.engine.add_to(verb);
  verb.add_option("--measurement", given.measurement,
                  "Only points of this measurement; for CSV: the name of its rows");
  verb.add_option("--period", given.period, "Length of a window, as in |window().period()")
      ->capture_default_str();
  verb.add_option("--every", given.every, "Distance of windows, as in .every(); default: the period");
  verb.add_flag("--align", given.align, "Truncate the windows' edges to multiples of --every");
  verb.add_option("--group-by", given.group_by, "Tag to keep apart; repeatable or a,b; * for all")
      ->delimiter(',')
      ->allow_extra_args(false);
  verb.add_option("--format", given.format,
                  "lp or csv; default: csv for files named .csv or .csv.gz, else lp")
      ->check(CLI::IsMember({"lp", "csv"}));
  verb.add_option("--precision", given.precision, "Unit of whole-number times")
      ->check(CLI::IsMember({"ns", "us", "ms", "s"}))
      ->capture_default_str();
  verb.add_option("--time-column", given.time_column,
                  "CSV: the column of the time; default: time or timestamp");
  verb.add_option("--tag-column", given.tag_columns, "CSV: a column that is a tag; repeatable")
      ->allow_extra_args(false);
  verb.add_option("--output", given.output, "File for the JSON lines; default: stdout");
  verb.add_option("--picture", given.picture, "Draw what was judged, anomalies in red, to this file (SVG)");
  verb.add_flag("--only-anomalies", given.only_anomalies, "Write only windows that are anomalous");
}

replay::Reading reading_of(const ReplayOptions& given) {
  using replay::Precision;
  const Precision precision = given.precision == "s"    ? Precision::s
                              : given.precision == "ms" ? Precision::ms
                              : given.precision == "us" ? Precision::us
                                                        : Precision::ns;
  std::optional<replay::Format> format;
  if (!given.format.empty())
    format = given.format == "csv" ? replay::Format::csv : replay::Format::line_protocol;
  return {format, precision, {given.time_column, given.tag_columns}, given.measurement, given.group_by};
}

window::WindowSpec windows_of(const ReplayOptions& given) {
  const std::int64_t period = duration_option("--period", given.period);
  if (period == 0) throw Error({"option '--period'", "a duration above 0", "'" + given.period + "'", ""});
  return {period, given.every.empty() ? period : duration_option("--every", given.every), given.align};
}

/// On a terminal only, a few times a second; the line is cleared at the end.
class ProgressLine {
 public:
  ProgressLine() : shown_(::isatty(STDERR_FILENO) == 1) {}
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine() {
    if (drawn_) std::fputs("\r\x1b[K", stderr);
  }
  void show(const replay::LineSource& source) {
    const auto now = std::chrono::steady_clock::now();
    if (!shown_ || now - last_ < std::chrono::milliseconds(200)) return;
    last_ = now;
    drawn_ = true;
    const double done = source.bytes_total() == 0 ? 0
                                                  : 100.0 * static_cast<double>(source.bytes_read()) /
                                                        static_cast<double>(source.bytes_total());
    fmt::print(stderr, "\r\x1b[K{}: {} lines", source.name(), source.line_number());
    if (source.bytes_total() != 0) fmt::print(stderr, ", {:.0f} %", done);
    std::fflush(stderr);
  }

 private:
  const bool shown_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

/// A file that can be written, opened before the work begins, or stdout.
class Results {
 public:
  explicit Results(const std::string& file) : name_(file.empty() ? "stdout" : "option '--output'") {
    if (file.empty()) return;
    file_.open(file);
    if (!file_) throw Error({name_, "a file that can be written", "'" + file + "'", ""});
  }
  std::ostream& stream() { return file_.is_open() ? file_ : std::cout; }
  void finish() {
    if (!stream().flush()) throw Error({name_, "room for the results", "a write that failed", ""});
  }

 private:
  std::string name_;
  std::ofstream file_;
};

void tell_totals(const ReplayOptions& given, const replay::Counts& counts, const setup::Ready& ready,
                 Log& log) {
  for (std::size_t field = 0; field < ready.options.fields.size(); ++field) {
    if (counts.rows != 0 && counts.numbers[field] == 0)
      log.line("no row has a number in field '{}'", ready.options.fields[field]);
  }
  const auto totals = ready.engine->totals();
  if (totals.unanswered != 0)
    log.line("{} windows of a field got no answer from a detector: see the line on the first of each field",
             totals.unanswered);
  if (counts.rows != 0 && totals.windows + totals.empty == 0) {
    log.line(
        "no window was finished: the rows do not reach from one edge to the next (is --precision {} right, "
        "and --period {}?)",
        given.precision, given.period);
  }
  log.line(
      "{} points, {} windows in {} groups, {} anomalous; {} lines could not be read, {} windows had no value",
      counts.rows, totals.windows, totals.groups, totals.anomalies, counts.unreadable, totals.empty);
}

int run_replay(const ReplayOptions& given) {
  Log log(STDERR_FILENO);
  const window::WindowSpec spec = windows_of(given);
  setup::Ready ready = given.engine.setup().prepare(given.engine.settings(), log);
  for (const std::string& note : ready.options.notes) log.write(note);
  replay::require_readable(given.files);
  Results results(given.output);
  std::optional<JudgedSeries> series;
  if (!given.picture.empty()) series.emplace(ready.options.fields, spec.period, given.picture);

  std::vector<report::NamedField> fields;
  const auto judge = [&](const window::GroupWindow& window) {
    const detect::Verdict& verdict = ready.engine->judge(window);
    if (series) series->add(verdict);
    report::name_fields(verdict, fields);
    if (fields.empty() || (given.only_anomalies && !verdict.overall.anomalous)) return;
    results.stream() << replay::json_line(window, fields) << '\n';
  };
  window::TimeWindows windows(spec, ready.options.fields.size(), judge);
  replay::Replay replay(reading_of(given), ready.options.fields, windows,
                        [&](const std::string& text) { log.write(text); });
  {
    ProgressLine progress;
    for (const std::string& path : given.files)
      replay.read(path, [&](const replay::LineSource& source) { progress.show(source); });
  }
  results.finish();
  tell_totals(given, replay.counts(), ready, log);
  if (series) log.write(series->draw(ready.options.text() + ", windows of " + given.period));
  return 0;
}

}  // namespace

void add_replay_verb(CLI::App& app, int& exit_code) {
  const auto given = std::make_shared<ReplayOptions>();
  CLI::App* verb = app.add_subcommand("replay", "Judge the windows of files; writes JSON lines");
  add_options(*verb, *given);
  verb->callback([given, &exit_code] { exit_code = run_replay(*given); });
}

}  // namespace oddity::program
