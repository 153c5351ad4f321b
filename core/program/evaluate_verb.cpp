// `oddity evaluate`: what a detector is worth, by labelled series.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <mutex>
#include <thread>

#include "base/error.hpp"
#include "engine_options.hpp"
#include "evaluate/data_set.hpp"
#include "evaluate/evaluation.hpp"
#include "evaluate/in_parallel.hpp"
#include "evaluate/judge.hpp"
#include "evaluate/series_reader.hpp"
#include "evaluate/table.hpp"
#include "progress_line.hpp"
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
  bool by_series = false;
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
      ->check(CLI::PositiveNumber);
  verb.add_flag("--by-series", given.by_series, "A line for each series, too");
}

replay::Precision precision_of(const std::string& name) {
  return name == "s"    ? replay::Precision::s
         : name == "ms" ? replay::Precision::ms
         : name == "us" ? replay::Precision::us
                        : replay::Precision::ns;
}

std::optional<window::WindowSpec> windows_of(const EvaluateOptions& given) {
  if (given.period.empty()) return std::nullopt;
  const std::int64_t period = duration_option("--period", given.period);
  if (period == 0) throw Error({"option '--period'", "a duration above 0", "'" + given.period + "'", ""});
  return window::WindowSpec{period, period, false};
}

/// A series of a set: what was read of it and what was said of it, or why it could not be read.
struct Work {
  const evaluate::SeriesFile* file = nullptr;
  std::size_t set = 0;
  evaluate::ReadSeries read;
  std::vector<evaluate::JudgedWindow> windows;
  std::string broken;
  std::vector<std::string> log;  ///< of its detectors
};

/// Reads and judges every series of the sets, on all cores; the same results in the same order however many there are.
class Evaluation {
 public:
  Evaluation(const EvaluateOptions& given, const detect::Plan& plan, std::vector<evaluate::DataSet> sets)
      : plan_(plan),
        windows_(windows_of(given)),
        reading_{plan.fields, precision_of(given.precision)},
        sets_(std::move(sets)) {
    for (std::size_t set = 0; set < sets_.size(); ++set) {
      for (const evaluate::SeriesFile& file : sets_[set].series)
        work_.push_back({&file, set, {}, {}, "", {}});
    }
  }

  void run(std::size_t threads) {
    ProgressLine progress;
    std::mutex showing;
    std::size_t done = 0;
    const std::vector<std::size_t> order = largest_first();
    evaluate::in_parallel(order.size(), threads, [&](std::size_t i) {
      judge(work_[order[i]]);
      const std::lock_guard lock(showing);
      progress.show(++done, order.size(), "series");
    });
  }

  /// What was found wrong on the way, in order of the series; the number of series that could not be read.
  std::size_t tell(replay::NamedFew& wrong_labels, Log& log) const;
  /// Leaves nothing behind.
  std::vector<evaluate::JudgedSet> take();

 private:
  void judge(Work& work) const {
    try {
      work.read = evaluate::read_series(*work.file, reading_);
    } catch (const Error& wrong) {
      work.broken = wrong.what();
      return;
    }
    Log log([&](std::string_view line) { work.log.emplace_back(line); });
    work.windows = evaluate::judge(work.read.series, plan_, windows_, log);
  }

  /// So that no core is left with a long one at the end.
  std::vector<std::size_t> largest_first() const {
    std::vector<std::uintmax_t> sizes;
    std::vector<std::size_t> order;
    for (const Work& work : work_) {
      std::error_code ignored;
      order.push_back(sizes.size());
      sizes.push_back(std::filesystem::file_size(work.file->file, ignored));
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t one, std::size_t other) { return sizes[one] > sizes[other]; });
    return order;
  }

  const detect::Plan& plan_;
  const std::optional<window::WindowSpec> windows_;
  const evaluate::SeriesReading reading_;
  const std::vector<evaluate::DataSet> sets_;
  std::vector<Work> work_;
};

void tell(const evaluate::Remark& all, const std::string& what, Log& log) {
  if (all.count != 0) log.line("{} {}, the first: {}", all.count, what, all.first);
}

std::size_t Evaluation::tell(replay::NamedFew& wrong_labels, Log& log) const {
  std::size_t broken = 0;
  evaluate::Remark unreadable, no_numbers, backwards;
  const auto join = [](evaluate::Remark& all, const evaluate::Remark& one) {
    if (all.count == 0) all.first = one.first;
    all.count += one.count;
  };
  for (const Work& work : work_) {
    if (!work.broken.empty()) {
      ++broken;
      log.line("series '{}' is left out: {}", work.file->name, work.broken);
    }
    for (const std::string& label : work.read.wrong_labels) wrong_labels.add([&] { return label; });
    for (const std::string& line : work.log) log.line("series '{}': {}", work.file->name, line);
    join(unreadable, work.read.unreadable);
    join(no_numbers, work.read.no_numbers);
    join(backwards, work.read.backwards);
  }
  program::tell(unreadable, "lines could not be read, and are rows without a value", log);
  program::tell(no_numbers, "values treated as missing", log);
  program::tell(backwards, "rows whose time goes backwards, judged at the time before", log);
  if (wrong_labels.count() != 0) log.line("{} labels are left out", wrong_labels.count());
  if (broken != 0) log.line("{} of {} series are left out", broken, work_.size());
  return broken;
}

std::vector<evaluate::JudgedSet> Evaluation::take() {
  std::vector<evaluate::JudgedSet> judged;
  for (const evaluate::DataSet& set : sets_) judged.push_back({set.name, set.layout, {}});
  for (Work& work : work_) {
    if (work.broken.empty())
      judged[work.set].series.push_back({std::move(work.read.series), std::move(work.windows)});
  }
  work_.clear();
  return judged;
}

constexpr int fine = 0;
constexpr int failed = 1;  // 2, of main: what was asked for cannot be done at all

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

int run_evaluate(EvaluateOptions given) {
  Log log(STDERR_FILENO);
  if (given.engine.of("field").empty()) given.engine.of("field") = {"value"};
  const setup::Ready ready = given.engine.setup().prepare(given.engine.settings(), log);
  for (const std::string& note : ready.options.notes) log.write(note);
  replay::NamedFew wrong_labels([&](const std::string& text) { log.write(text); }, "labels");
  std::vector<evaluate::DataSet> sets;
  for (const std::string& folder : given.folders)
    sets.push_back(evaluate::find_data_set(folder, wrong_labels));

  Evaluation evaluation(given, ready.engine->plan(), std::move(sets));
  evaluation.run(given.threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : given.threads);
  const std::size_t broken = evaluation.tell(wrong_labels, log);
  const std::vector<evaluate::JudgedSet> judged = evaluation.take();
  const evaluate::Rules rules{{}, given.skip};
  std::vector<evaluate::SetResult> results;
  for (const evaluate::JudgedSet& set : judged) results.push_back(evaluate::result_of(set, rules));
  const evaluate::SetResult all = evaluate::result_of_all(judged, results, rules);
  print(evaluate::table(results, all, given.by_series));
  return broken == 0 ? fine : failed;
}

}  // namespace

void add_evaluate_verb(CLI::App& app, int& exit_code) {
  const auto given = std::make_shared<EvaluateOptions>();
  CLI::App* verb = app.add_subcommand("evaluate", "What a detector is worth: judges labelled series");
  add_options(*verb, *given);
  verb->callback([given, &exit_code] { exit_code = run_evaluate(*given); });
}

}  // namespace oddity::program
