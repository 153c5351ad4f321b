#include "replay_options.hpp"

#include <algorithm>
#include <thread>

#include "at_least_one.hpp"
#include "base/error.hpp"
#include "options/parse.hpp"

namespace oddity::program {

void ReplayOptions::add_to(CLI::App& verb) {
  verb.add_option("files", files, "Files of line protocol or CSV, plain, gzip or zstd; - for stdin")
      ->required();
  engine.add_to(verb);
  verb.add_option("--measurement", measurement,
                  "Only points of this measurement; for CSV: the name of its rows");
  of_windows_.push_back(verb.add_option("--period", period, "Length of a window, as in |window().period()")
                            ->capture_default_str());
  of_windows_.push_back(
      verb.add_option("--every", every, "Distance of windows, as in .every(); default: the period"));
  of_windows_.push_back(
      verb.add_flag("--align", align, "Truncate the windows' edges to multiples of --every"));
  of_windows_.push_back(
      verb.add_flag("--tail", tail, "Judge what comes after the last window, too, as a window of its own"));
  verb.add_flag("--each", each, "Judge each row by itself against those before it, in place of windows");
  verb.add_option("--group-by", group_by,
                  "Tag to group by; repeatable or a,b; * for all, _measurement for the measurement")
      ->delimiter(',')
      ->allow_extra_args(false);
  verb.add_option("--format", format,
                  "lp or csv; default: csv for files named .csv, .csv.gz or .csv.zst, else lp")
      ->check(CLI::IsMember({"lp", "csv"}));
  verb.add_option("--precision", precision, "Unit of whole-number times")
      ->check(CLI::IsMember({"ns", "us", "ms", "s"}))
      ->capture_default_str();
  verb.add_option("--time-column", time_columns,
                  "CSV: the column of the time; default: time, timestamp and the like. Twice: those of date "
                  "and clock")
      ->allow_extra_args(false)
      ->expected(1, 2);
  verb.add_option("--time-format", time_format,
                  "CSV: how times are written, as '%m/%d/%Y %I:%M %p', by the signs of strptime(3)");
  verb.add_option("--timezone", timezone,
                  "CSV: the zone of times without one, such as Europe/Paris; default: UTC");
  verb.add_option("--tag-column", tag_columns,
                  "CSV: a column that is a tag; repeatable; those of --group-by are")
      ->allow_extra_args(false);
  verb.add_option("--output", output,
                  "File for the JSON lines, replaced when all is judged; default: stdout");
  verb.add_option("--picture", picture, "Draw what was judged, anomalies in red, to this file (SVG)");
  verb.add_option("--report", report,
                  "Write a page of all series, what was expected and said of them, to this file (HTML)");
  verb.add_option("--load-state", load_state,
                  "Begin with what an earlier run learned: a file of --save-state")
      ->type_name("FILE");
  verb.add_option("--save-state", save_state,
                  "Write what was learned to this file, for --load-state and the agent")
      ->type_name("FILE");
  verb.add_option("--memory", memory, "What rows may take before they are put in order on disk")
      ->capture_default_str();
  verb.add_option("--threads", threads,
                  "How many cores are used at once; default: all. The results do not depend on it")
      ->check(at_least_one());
  verb.add_flag("--only-anomalies", only_anomalies, "Write only windows that are anomalous");
}

replay::Reading ReplayOptions::reading() const {
  using formats::Precision;
  const auto bytes = options::parse_size(memory);
  if (!bytes || *bytes <= 0)
    throw Error({"option '--memory'", "a size such as 512MiB or 2GB", "'" + memory + "'", ""});
  replay::Reading reading;
  if (!format.empty()) reading.format = format == "csv" ? replay::Format::csv : replay::Format::line_protocol;
  reading.precision = precision == "s"    ? Precision::s
                      : precision == "ms" ? Precision::ms
                      : precision == "us" ? Precision::us
                                          : Precision::ns;
  reading.timezone = timezone;
  reading.time_format = time_format;
  reading.csv = {time_columns.empty() ? "" : time_columns.front(), tag_columns,
                 time_columns.size() < 2 ? "" : time_columns.back()};
  reading.measurement = measurement;
  reading.group_by = group_by;
  reading.memory = static_cast<std::size_t>(*bytes);
  reading.threads = thread_count();
  return reading;
}

std::size_t ReplayOptions::thread_count() const {
  return threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : threads;
}

std::optional<window::WindowSpec> ReplayOptions::windows() const {
  std::vector<Diagnostic> wrong;
  for (const CLI::Option* const option : of_windows_) {
    if (!each || option->count() == 0) continue;
    wrong.push_back({"option '--each'", "no " + option->get_name() + " beside it", "both",
                     "with --each a row is judged by itself, without it in a window"});
  }
  if (!wrong.empty()) throw Error(std::move(wrong));
  if (each) return std::nullopt;
  const std::int64_t length = duration_option("--period", period);
  if (length == 0) throw Error({"option '--period'", "a duration above 0", "'" + period + "'", ""});
  return window::WindowSpec{length, every.empty() ? length : duration_option("--every", every), align};
}

}  // namespace oddity::program
