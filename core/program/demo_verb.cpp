// `oddity demo`: makes the guide's day of temperatures, replays it, shows what was found.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdint>
#include <iostream>
#include <memory>
#include <optional>
#include <sstream>

#include "base/error.hpp"
#include "base/time.hpp"
#include "demo/printer.hpp"
#include "engine_options.hpp"
#include "guarded_calls.hpp"
#include "judged_report.hpp"
#include "picture/picture.hpp"
#include "result_file.hpp"
#include "verbs.hpp"
#include "window/time_windows.hpp"

namespace oddity::program {
namespace {

constexpr std::int64_t period = 300'000'000'000;

struct DemoOptions {
  std::uint64_t seed = 1;
  std::string write;
  std::string precision = "s";
  std::string picture;
  std::string report;
  EngineOptions engine;
};

struct Found {
  demo::MarkedWindow window;
  double p = 0;
  std::string why;
};

/// Which windows are told: those that are anomalous, or those that alarm.
enum class Told : std::uint8_t { anomalies, alarms };

/// What a detector made of the day.
struct Tally {
  std::uint64_t judged = 0;  ///< windows
  std::size_t hits = 0;      ///< told, and planted
  std::size_t others = 0;
  std::size_t faults = 0;  ///< planted, and found
};

/// Where what was found is drawn, beside being printed.
struct Drawings {
  demo::Picture picture;
  std::optional<JudgedReport> report;
};

/// A window is planted if it overlaps a phase whose mean is not that of the day's start.
bool planted(std::size_t field, const demo::MarkedWindow& window, std::int64_t start) {
  const auto& phases = demo::phases()[field];
  for (std::size_t i = 0; i < phases.size(); ++i) {
    const std::int64_t from = start + std::int64_t{phases[i].from} * 1'000'000'000;
    const std::int64_t to =
        i + 1 < phases.size() ? start + std::int64_t{phases[i + 1].from} * 1'000'000'000 : INT64_MAX;
    if (phases[i].mean != phases[0].mean && window.begin < to && window.end > from) return true;
  }
  return false;
}

/// The text among the fields, if the detector says why.
std::string why_of(const detect::Verdict& verdict) {
  std::vector<ResultField> fields;
  detect::name_fields(verdict, fields);
  for (const ResultField& field : fields)
    if (const auto* const text = std::get_if<std::string_view>(&field.value)) return std::string(*text);
  return {};
}

/// Each field by itself, as three processes would: the engine sees one field, so names carry no prefix.
std::vector<Found> judge_field(EngineOptions engine, const demo::Day& day, std::size_t field, Told told,
                               Log& log, std::uint64_t& judged, JudgedReport* report) {
  engine.of("field") = {demo::field_names[field]};
  setup::Setup setup = engine.setup();
  setup::Ready ready = setup.prepare(engine.settings(), log);
  GuardedCalls guarded(setup.config(), log);
  const CallWatch::Watched watched(guarded.watch(), ready.engine->running());
  std::vector<Found> found;
  window::TimeWindows windows({period, period, false}, 1, [&](const window::GroupWindow& window) {
    const detect::Verdict& verdict = ready.engine->judge(window);
    judged += verdict.overall.judged() ? 1 : 0;
    if (report != nullptr) report->add(verdict, {demo::field_names[field]});
    if (told == Told::anomalies ? verdict.overall.anomalous : verdict.overall.alarm)
      found.push_back({{window.end - period, window.end}, verdict.overall.p, why_of(verdict)});
  });
  for (std::size_t row = 0; row < day.times.size(); ++row) {
    windows.add({"", demo::measurement, nullptr}, day.times[row], std::span(&day.values[field][row], 1));
  }
  return found;
}

void print_found(std::size_t field, const std::vector<Found>& found, std::int64_t start) {
  fmt::print("{}\n", demo::field_names[field]);
  if (found.empty()) fmt::print("  nothing\n");
  for (const Found& one : found) {
    fmt::print("  {}  p = {:.3g}{}{}\n", format_time(one.window.end), one.p,
               one.why.empty() ? "" : "  " + one.why,
               planted(field, one.window, start) ? "" : "   (nothing was planted here)");
  }
}

/// Judges and prints the three fields. `drawings`: where they are drawn, too; nullptr: nowhere.
Tally show_fields(const EngineOptions& engine, const demo::Day& day, Told told, Log& log,
                  Drawings* drawings) {
  Tally tally;
  for (std::size_t field = 0; field < demo::field_names.size(); ++field) {
    JudgedReport* const report = drawings != nullptr && drawings->report ? &*drawings->report : nullptr;
    const std::vector<Found> found = judge_field(engine, day, field, told, log, tally.judged, report);
    print_found(field, found, day.times.front());
    std::vector<demo::MarkedWindow> marked;
    bool hit = false;  // each field has one fault
    for (const Found& one : found) {
      marked.push_back(one.window);
      const bool right = planted(field, one.window, day.times.front());
      hit |= right;
      ++(right ? tally.hits : tally.others);
    }
    tally.faults += hit ? 1 : 0;
    if (drawings == nullptr) continue;
    drawings->picture.panels.push_back({demo::field_names[field],
                                        "\xc2\xb0"
                                        "C",
                                        day.times, day.values[field], marked});
  }
  return tally;
}

/// Beside the guide's test a detector that has to be told nothing, on the same windows.
void show_novelty(EngineOptions engine, const demo::Day& day, Log& log) {
  engine.of("algorithm") = {"novelty"};
  engine.of("size").clear();
  engine.of("alpha").clear();
  fmt::print(
      "\nnovelty on the same windows, told nothing but the field: its alarms, and what spoke for each\n\n");
  const Tally tally = show_fields(engine, day, Told::alarms, log, nullptr);
  fmt::print("\n{} of {} windows alarm: {} of the {} planted faults were found; {} others\n",
             tally.hits + tally.others, tally.judged, tally.faults, demo::field_names.size(), tally.others);
}

void write_picture(const std::string& file, const demo::Picture& picture) {
  ResultFile out("--picture", file);
  out.write(demo::draw(picture));
  out.finish();
  fmt::print("\npicture: {}\n", file);
}

void write_day(const DemoOptions& given, const demo::Day& day) {
  using formats::Precision;
  const Precision precision = given.precision == "s"    ? Precision::s
                              : given.precision == "ms" ? Precision::ms
                              : given.precision == "us" ? Precision::us
                                                        : Precision::ns;
  ResultFile out("--write", given.write);
  std::ostringstream text;
  demo::write_line_protocol(text, day, precision);
  out.write(text.view());
  out.finish();
  fmt::print("data: {} ({} points)\n", given.write, day.times.size());
}

void require_files(const DemoOptions& given) {
  std::vector<NamedFile> outputs;
  if (!given.write.empty()) outputs.push_back({"--write", given.write});
  if (!given.picture.empty()) outputs.push_back({"--picture", given.picture});
  if (!given.report.empty()) outputs.push_back({"--report", given.report});
  require_apart({{"--config", given.engine.config()}}, outputs);
}

int run_demo(DemoOptions given) {
  Log log(STDERR_FILENO);
  const EngineOptions as_given = given.engine;
  const bool chosen = !given.engine.of("algorithm").empty() || given.engine.has_params();
  const auto shown = [&](std::string_view option, const char* usual) {
    std::vector<std::string>& texts = given.engine.of(option);
    if (texts.empty()) texts = {usual};
    return fmt::format("{}", fmt::join(texts, " and "));
  };
  const std::string size = shown("size", "3600");
  const std::string alpha = shown("alpha", "0.001");
  const std::string algorithm = shown("algorithm", "ttest");
  const demo::Day day = demo::make_day(given.seed);
  require_files(given);
  if (!given.write.empty()) write_day(given, day);

  fmt::print(
      "24 hours of a 3D printer, a point a second; windows of 5 minutes, {}, alpha {}, history of {} "
      "samples\n\n",
      algorithm, alpha, size);
  Drawings drawings{{"What Oddity found in a 3D printer's day",
                     fmt::format("{}, alpha {}, windows of 5 minutes against the last {} normal samples",
                                 algorithm, alpha, size),
                     {}},
                    {}};
  if (!given.report.empty()) drawings.report.emplace(given.report);
  const Tally tally = show_fields(given.engine, day, Told::anomalies, log, &drawings);
  fmt::print("\n{} of {} windows are anomalous: {} of the {} planted faults were found; {} others\n",
             tally.hits + tally.others, tally.judged, tally.faults, demo::field_names.size(), tally.others);
  const bool for_the_data = !given.write.empty();  // whoever wants these does not wait for two seconds
  if (!chosen && !for_the_data) show_novelty(as_given, day, log);
  if (!given.picture.empty()) write_picture(given.picture, drawings.picture);
  if (drawings.report) {
    const std::string written = drawings.report->write(drawings.picture.title, drawings.picture.subtitle);
    drawings.report->file().finish();
    fmt::print("\n{}\n", written);
  }
  return 0;
}

}  // namespace

void add_demo_verb(CLI::App& app, int& exit_code) {
  const auto given = std::make_shared<DemoOptions>();
  CLI::App* verb = app.add_subcommand(
      "demo", "Make a day of a 3D printer's temperatures with faults in it, and find them");
  verb->add_option("--seed", given->seed, "Another seed, another day")->capture_default_str();
  verb->add_option("--write", given->write, "Write the data to this file, as line protocol");
  verb->add_option("--precision", given->precision, "Unit of the times written")
      ->check(CLI::IsMember({"ns", "us", "ms", "s"}))
      ->capture_default_str();
  verb->add_option("--picture", given->picture, "Write a picture (SVG) to this file");
  verb->add_option("--report", given->report, "Write a page of what was found (HTML) to this file");
  given->engine.add_to(*verb, {"field", "config", "ttl", "maxGroups"});
  verb->callback([given, &exit_code] { exit_code = run_demo(*given); });
}

}  // namespace oddity::program
