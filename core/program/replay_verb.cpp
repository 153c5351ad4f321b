// `oddity replay`: the main job over files.
#include <fmt/format.h>
#include <unistd.h>

#include <memory>

#include "base/error.hpp"
#include "engine_options.hpp"
#include "json_lines/json_lines.hpp"
#include "judged_series.hpp"
#include "options/parse.hpp"
#include "progress_line.hpp"
#include "replay/counted.hpp"
#include "replay/replay.hpp"
#include "result_file.hpp"
#include "verbs.hpp"

namespace oddity::program {
namespace {

using replay::counted;

struct ReplayOptions {
  EngineOptions engine;
  std::vector<std::string> files;
  std::string measurement;
  std::string period = "5m";
  std::string every;
  bool align = false;
  bool tail = false;
  std::vector<std::string> group_by;
  std::string format;
  std::string precision = "ns";
  std::string timezone;
  std::string time_column;
  std::vector<std::string> tag_columns;
  std::string output;
  std::string picture;
  std::string memory = "512MiB";
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
  verb.add_flag("--tail", given.tail, "Judge what comes after the last window, too, as a window of its own");
  verb.add_option("--group-by", given.group_by,
                  "Tag to group by; repeatable or a,b; * for all, _measurement for the measurement")
      ->delimiter(',')
      ->allow_extra_args(false);
  verb.add_option("--format", given.format,
                  "lp or csv; default: csv for files named .csv or .csv.gz, else lp")
      ->check(CLI::IsMember({"lp", "csv"}));
  verb.add_option("--precision", given.precision, "Unit of whole-number times")
      ->check(CLI::IsMember({"ns", "us", "ms", "s"}))
      ->capture_default_str();
  verb.add_option("--time-column", given.time_column,
                  "CSV: the column of the time; default: time, timestamp and the like");
  verb.add_option("--timezone", given.timezone,
                  "CSV: the zone of times without one, such as Europe/Paris; default: UTC");
  verb.add_option("--tag-column", given.tag_columns,
                  "CSV: a column that is a tag; repeatable; those of --group-by are")
      ->allow_extra_args(false);
  verb.add_option("--output", given.output,
                  "File for the JSON lines, replaced when all is judged; default: stdout");
  verb.add_option("--picture", given.picture, "Draw what was judged, anomalies in red, to this file (SVG)");
  verb.add_option("--memory", given.memory, "What rows may take before they are put in order on disk")
      ->capture_default_str();
  verb.add_flag("--only-anomalies", given.only_anomalies, "Write only windows that are anomalous");
}

replay::Reading reading_of(const ReplayOptions& given) {
  using formats::Precision;
  const Precision precision = given.precision == "s"    ? Precision::s
                              : given.precision == "ms" ? Precision::ms
                              : given.precision == "us" ? Precision::us
                                                        : Precision::ns;
  std::optional<replay::Format> format;
  if (!given.format.empty())
    format = given.format == "csv" ? replay::Format::csv : replay::Format::line_protocol;
  const auto memory = options::parse_size(given.memory);
  if (!memory || *memory <= 0)
    throw Error({"option '--memory'", "a size such as 512MiB or 2GB", "'" + given.memory + "'", ""});
  return {format,
          precision,
          given.timezone,
          {given.time_column, given.tag_columns},
          given.measurement,
          given.group_by,
          static_cast<std::size_t>(*memory)};
}

window::WindowSpec windows_of(const ReplayOptions& given) {
  const std::int64_t period = duration_option("--period", given.period);
  if (period == 0) throw Error({"option '--period'", "a duration above 0", "'" + given.period + "'", ""});
  return {period, given.every.empty() ? period : duration_option("--every", given.every), given.align};
}

void require_files(const ReplayOptions& given, Log& log) {
  replay::require_readable(given.files);
  for (std::size_t i = 0; i < given.files.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (!same_input(given.files[i], given.files[j])) continue;
      log.line("input '{}' is the same file as '{}': its points count twice", given.files[i], given.files[j]);
      break;
    }
  }
  std::vector<NamedFile> inputs;
  for (const std::string& file : given.files) inputs.push_back({"input", file});
  inputs.push_back({"--config", given.engine.config()});
  std::vector<NamedFile> outputs{{"--output", given.output}};
  if (!given.picture.empty()) outputs.push_back({"--picture", given.picture});
  require_apart(inputs, outputs);
}

/// Judges the windows and writes what was found.
class Judgement {
 public:
  Judgement(const ReplayOptions& given, const window::WindowSpec& spec, setup::Ready& ready)
      : given_(given),
        ready_(ready),
        results_("--output", given.output),
        windows_(spec, ready.options.fields.size(),
                 [this](const window::GroupWindow& window) { judge(window); }) {
    if (!given.picture.empty()) series_.emplace(ready.options.fields, spec.period, given.picture);
  }

  window::TimeWindows& windows() noexcept { return windows_; }
  std::uint64_t judged() const noexcept { return judged_; }
  /// What was drawn, or "".
  std::string finish() {
    results_.finish();
    return series_ ? series_->draw(ready_.options.text() + ", windows of " + given_.period) : "";
  }

 private:
  void judge(const window::GroupWindow& window) {
    const detect::Verdict& verdict = ready_.engine->judge(window);
    if (series_) series_->add(verdict);
    detect::name_fields(verdict, fields_);
    if (fields_.empty()) return;
    ++judged_;
    if (given_.only_anomalies && !verdict.overall.anomalous) return;
    results_.write(formats::json_line(window, fields_) + '\n');
  }

  const ReplayOptions& given_;
  setup::Ready& ready_;
  ResultFile results_;
  std::optional<JudgedSeries> series_;
  std::vector<ResultField> fields_;
  std::uint64_t judged_ = 0;
  window::TimeWindows windows_;
};

/// Every row that stood in no window, by what kept it out.
void tell_left_out(const ReplayOptions& given, const replay::Counts& counts,
                   const window::TimeWindows& windows, std::uint64_t finished, Log& log) {
  if (const std::uint64_t waiting = windows.waiting(); waiting != 0) {
    log.line("{} came after the last window{}; --tail judges {}", counted(waiting, "point"),
             windows.groups() > 1 ? " of their group" : "", waiting == 1 ? "it" : "them");
  }
  if (windows.between() != 0) {
    log.line("{} between two windows, in none of them: --every {} is longer than --period {}",
             counted(windows.between(), "point"), given.every, given.period);
  }
  if (counts.rows != 0 && finished == 0) {
    log.line(
        "no window was finished: the rows do not reach from one edge to the next (is --precision {} right, "
        "and --period {}?)",
        given.precision, given.period);
  }
  if (given.tail && finished == windows.groups() && counts.rows > finished) {
    log.line("all {} lie in one window{} (is --precision {} right, and --period {}?)",
             counted(counts.rows, "point"), windows.groups() > 1 ? " of their group" : "", given.precision,
             given.period);
  }
  if (counts.without_number != 0)
    log.line("{} without a number in any chosen field", counted(counts.without_number, "point"));
  if (counts.no_numbers != 0)
    log.line("{} treated as missing, not being a number", counted(counts.no_numbers, "value"));
  if (counts.other_measurements != 0)
    log.line("{} of other measurements", counted(counts.other_measurements, "row"));
  if (counts.other_fields != 0) log.line("{} of other fields", counted(counts.other_fields, "row"));
}

void tell_totals(const ReplayOptions& given, const replay::Replay& replay, const setup::Ready& ready,
                 Judgement& judgement, Log& log) {
  const replay::Counts& counts = replay.counts();
  const auto totals = ready.engine->totals();
  for (const std::string& remark : replay.remarks()) log.write(remark);
  tell_left_out(given, counts, judgement.windows(), totals.windows + totals.empty, log);
  if (totals.unanswered != 0)
    log.line(
        "{} windows of a field got no answer from a detector: the first one of each field is logged above",
        totals.unanswered);
  log.line(
      "{} points, {} windows in {} groups, {} anomalous; {} lines could not be read, {} windows had no value",
      counts.rows, totals.windows, totals.groups, totals.anomalies, counts.unreadable, totals.empty);
}

void read_all(const ReplayOptions& given, replay::Replay& replay) {
  ProgressLine progress;
  for (const std::string& path : given.files)
    replay.read(path, [&](const replay::LineSource& source) { progress.show(source); });
}

constexpr int fine = 0;
constexpr int failed = 1;  // 2, of main: what was asked for cannot be done at all

int fail(const Error& error, Log& log) {
  for (const Diagnostic& diagnostic : error.diagnostics()) log.write(diagnostic.sentence());
  return failed;
}

int run_replay(const ReplayOptions& given) {
  Log log(STDERR_FILENO);
  const window::WindowSpec spec = windows_of(given);
  setup::Ready ready = given.engine.setup().prepare(given.engine.settings(), log);
  for (const std::string& note : ready.options.notes) log.write(note);
  require_files(given, log);
  replay::Replay replay(reading_of(given), ready.options.fields,
                        [&](const std::string& text) { log.write(text); });
  Judgement judgement(given, spec, ready);
  try {
    read_all(given, replay);
  } catch (const replay::BrokenInput& broken) {
    return fail(broken, log);
  } catch (const replay::NoRoom& full) {
    return fail(full, log);
  }
  std::string drawn;
  try {
    replay.judge(judgement.windows());
    if (given.tail) judgement.windows().finish();
    if (judgement.judged() != 0) drawn = judgement.finish();
  } catch (const Error& wrong) {
    return fail(wrong, log);
  }
  tell_totals(given, replay, ready, judgement, log);
  if (!drawn.empty()) log.write(drawn);
  if (judgement.judged() != 0) return fine;
  log.line("nothing was judged{}{}",
           replay.counts().rows == 0             ? ": no row was read"
           : ready.engine->totals().windows == 0 ? ""
                                                 : ": too few windows to compare one with those before it",
           given.output.empty() && given.picture.empty() ? "" : "; earlier results stay as they were");
  return failed;
}

}  // namespace

void add_replay_verb(CLI::App& app, int& exit_code) {
  const auto given = std::make_shared<ReplayOptions>();
  CLI::App* verb = app.add_subcommand("replay", "Judge the windows of files; writes JSON lines");
  add_options(*verb, *given);
  verb->callback([given, &exit_code] { exit_code = run_replay(*given); });
}

}  // namespace oddity::program
