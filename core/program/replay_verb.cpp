// `oddity replay`: the main job over files.
#include <fmt/format.h>
#include <unistd.h>

#include <memory>

#include "base/error.hpp"
#include "guarded_calls.hpp"
#include "learned_state.hpp"
#include "progress_line.hpp"
#include "replay/counted.hpp"
#include "replay/replay.hpp"
#include "replay_judgement.hpp"
#include "replay_options.hpp"
#include "result_file.hpp"
#include "verbs.hpp"

namespace oddity::program {
namespace {

using replay::counted;

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
  inputs.push_back({"--load-state", given.load_state});
  std::vector<NamedFile> outputs{{"--output", given.output}};
  if (!given.picture.empty()) outputs.push_back({"--picture", given.picture});
  if (!given.report.empty()) outputs.push_back({"--report", given.report});
  if (given.save_state == "-")
    throw Error({"option '--save-state'", "a file", "stdout, where results go", ""});
  if (!given.save_state.empty()) outputs.push_back({"--save-state", given.save_state});
  require_apart(inputs, outputs);
}

/// What is missing in the rows, and rows that were not asked for.
void tell_missing(const replay::Counts& counts, Log& log) {
  if (counts.without_number != 0)
    log.line("{} without a number in any chosen field", counted(counts.without_number, "point"));
  if (counts.no_numbers != 0)
    log.line("{} treated as missing, not being a number", counted(counts.no_numbers, "value"));
  if (counts.other_measurements != 0)
    log.line("{} of other measurements", counted(counts.other_measurements, "row"));
  if (counts.other_fields != 0) log.line("{} of other fields", counted(counts.other_fields, "row"));
}

/// `each`: each row by itself; what rows of one time are then, tell_left_out() says.
void tell_totals(const replay::Replay& replay, const ReplayJudgement& judgement, bool each, Log& log) {
  const replay::Counts& counts = replay.counts();
  const auto totals = judgement.totals();
  for (const std::string& remark : replay.remarks()) log.write(remark);
  if (!each)
    for (const std::string& remark : replay.repeated_times()) log.write(remark);
  judgement.tell_left_out(counts.rows, log);
  tell_missing(counts, log);
  if (totals.unanswered != 0)
    log.line(
        "{} windows of a field got no answer from a detector: the first one of each field is logged above",
        totals.unanswered);
  log.line(
      "{} points, {} windows in {} groups, {} anomalous, {}; {} lines could not be read, {} windows had no "
      "value",
      counts.rows, totals.windows, totals.expired + totals.evicted == 0 ? totals.groups : replay.groups(),
      totals.anomalies, replay::counted(totals.alarms, "alarm"), counts.unreadable, totals.empty);
}

/// Where no group of the state came in the input, there are as many as both have together.
void tell_unused_state(std::size_t loaded, std::size_t came, const detect::Pipeline::Totals& totals,
                       Log& log) {
  const bool forgotten = totals.expired != 0 || totals.evicted != 0;
  if (loaded == 0 || forgotten || totals.groups < loaded + came) return;
  log.line("none of the {} in the loaded state came in the input: was it saved with another --group-by?",
           replay::counted(loaded, "group"));
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
  const std::optional<window::WindowSpec> windows = given.windows();
  setup::Setup setup = given.engine.setup();
  setup::Ready ready = setup.prepare(given.engine.settings(), log);
  GuardedCalls guarded(setup.config(), log);
  const CallWatch::Watched watched(guarded.watch(), ready.engine->running());
  for (const std::string& note : ready.options.notes) log.write(note);
  if (!windows)
    for (const std::string& note : ready.engine->notes_on_single_rows()) log.write(note);
  require_files(given, log);
  replay::Replay replay(given.reading(), ready.options.fields,
                        [&](const std::string& text) { log.write(text); });
  ReplayJudgement judgement(given, windows, ready, guarded.watch());
  LearnedState learned(given.save_state);
  const std::size_t loaded = given.load_state.empty() ? 0 : load_state(given.load_state, *ready.engine, log);
  try {
    read_all(given, replay);
  } catch (const replay::BrokenInput& broken) {
    return fail(broken, log);
  } catch (const replay::NoRoom& full) {
    return fail(full, log);
  }
  std::vector<std::string> drawn;
  try {
    judgement.begin(replay.groups(), log);
    replay.judge([&](const window::GroupIdentity& group, std::int64_t time, std::span<const double> values) {
      judgement.add(group, time, values);
    });
    judgement.end();
    if (judgement.judged() != 0) {
      drawn = judgement.draw();
      learned.write(judgement.state());
      judgement.finish(learned.file());
      learned.tell(judgement.totals().groups, log);
    }
  } catch (const Error& wrong) {
    return fail(wrong, log);
  }
  tell_totals(replay, judgement, given.each, log);
  tell_unused_state(loaded, replay.groups(), judgement.totals(), log);
  for (const std::string& sentence : drawn) log.write(sentence);
  if (judgement.judged() != 0) return fine;
  log.line("nothing was judged{}{}",
           replay.counts().rows == 0         ? ": no row was read"
           : judgement.totals().windows == 0 ? ""
                                             : ": " + judgement.why_nothing(),
           given.output.empty() && given.picture.empty() && given.report.empty() && given.save_state.empty()
               ? ""
               : "; earlier results stay as they were");
  return failed;
}

}  // namespace

void add_replay_verb(CLI::App& app, int& exit_code) {
  const auto given = std::make_shared<ReplayOptions>();
  CLI::App* verb = app.add_subcommand("replay", "Judge the windows of files; writes JSON lines");
  given->add_to(*verb);
  verb->callback([given, &exit_code] { exit_code = run_replay(*given); });
}

}  // namespace oddity::program
