#include "live_options.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>

#include "base/error.hpp"

namespace oddity::program {
namespace {

std::int64_t unit_of(const std::string& precision) {
  const auto unit = precision == "s"    ? formats::Precision::s
                    : precision == "ms" ? formats::Precision::ms
                    : precision == "us" ? formats::Precision::us
                                        : formats::Precision::ns;
  return static_cast<std::int64_t>(unit);
}

std::chrono::milliseconds milliseconds_option(const std::string& flag, const std::string& text) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::nanoseconds(duration_option(flag, text)));
}

/// What holds unless it is given. A series of novelty takes 57 kB: the engine's hundred thousand would be 6 GB.
options::CoreOptions usual_options() {
  options::CoreOptions usual;
  usual.detectors = {"novelty"};
  usual.max_groups = 20'000;
  return usual;
}

}  // namespace

std::size_t bytes_option(const std::string& flag, const std::string& text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  const int shift = unit.empty() ? 0 : unit == "K" ? 10 : unit == "M" ? 20 : unit == "G" ? 30 : -1;
  if (error != std::errc() || shift < 0 || number == 0 || number > (std::size_t{1} << 40 >> shift))
    throw Error({"option '" + flag + "'", "a size such as 64M, 512K or 1G", "'" + text + "'", ""});
  return number << shift;
}

void LiveOptions::add_to(CLI::App& app) {
  add_input_options(app);
  add_output_options(app);
  add_keeping_options(app);
  add_http_options(app);
  app.add_flag("--worker", worker)->group("");
  engine.add_to(app, {"field"}, usual_options());
}

void LiveOptions::add_input_options(CLI::App& app) {
  app.add_option("--field", fields, "A field to judge; repeatable. Default: each that is a number")
      ->allow_extra_args(false);
  app.add_option("--group-by", group_by, "A tag that tells series apart; repeatable. Default: all tags")
      ->allow_extra_args(false);
  app.add_option("--period", period, "Judge windows of that time, or number of points. Default: each point");
  app.add_option("--lateness", lateness,
                 "How long, by the data's time, points wait for others that come late")
      ->capture_default_str();
  app.add_option("--precision", precision, "Unit of the times on stdin")
      ->check(CLI::IsMember({"ns", "us", "ms", "s"}))
      ->capture_default_str();
}

void LiveOptions::add_output_options(CLI::App& app) {
  app.add_flag("--only-alarms,--only-anomalies", only_alarms, "Write results of alarms only");
  app.add_flag("--pass-through", pass_through,
               "Hand on every line of stdin, in order, with the results as further fields");
  app.add_option(
         "--result", results,
         "A result to be written; repeatable. Default: all; with --pass-through score, anomalous, alarm")
      ->allow_extra_args(false);
  app.add_option("--name", name, "Measurement of results. Default: oddity_ and the line's own");
}

void LiveOptions::add_keeping_options(CLI::App& app) {
  app.add_option(
         "--state", state,
         "Folder where what was learned is kept over restarts. Default: none, it goes with the process")
      ->type_name("FOLDER");
  app.add_option("--save-every", save_every, "How often it is saved")->capture_default_str();
  app.add_option("--max-waiting", most_waiting, "Bytes of lines that may wait to be judged")
      ->capture_default_str();
  app.add_option("--patience", patience, "How long a detector may take for lines until it counts as hanging")
      ->capture_default_str();
}

void LiveOptions::add_http_options(CLI::App& app) {
  app.add_option("--listen", listen,
                 "Take writes over HTTP and show the page, at this address; 127.0.0.1:8186, say")
      ->type_name("HOST:PORT");
  app.add_option("--token-file", token_file, "File with the token that everybody needs who asks over HTTP")
      ->type_name("FILE");
  app.add_option("--to", to, "Send results to this InfluxDB or VictoriaMetrics, not to stdout")
      ->type_name("URL");
  app.add_option("--to-database", to_database, "Its database, where the URL has no path")
      ->capture_default_str();
  app.add_option("--to-token-file", to_token_file, "File with the token that it asks for")->type_name("FILE");
  app.add_option("--queue", queue, "Bytes of results that may wait for it on the disk")
      ->capture_default_str();
}

std::string token_option(const std::string& flag, const std::string& file) {
  if (file.empty()) return {};
  std::ifstream in(file);
  std::string token;
  std::getline(in, token);
  while (!token.empty() && (token.back() == '\r' || token.back() == ' ')) token.pop_back();
  if (token.empty())
    throw Error({"option '" + flag + "'", "a file whose first line is the token",
                 "'" + file + "', which has none", ""});
  return token;
}

live::JudgeSettings LiveOptions::judging() const {
  live::JudgeSettings judging;
  judging.fields = fields;
  judging.group_by = group_by;
  judging.names.one = name;
  judging.results = results;
  judging.only_alarms = only_alarms;
  judging.pass_through = pass_through;
  judging.watched = !listen.empty();
  judging.lateness = duration_option("--lateness", lateness);
  judging.standard_input_unit = unit_of(precision);
  return judging;
}

live::KeeperSettings LiveOptions::keeping() const {
  live::KeeperSettings keeping;
  keeping.unit = unit_of(precision);
  keeping.pass_through = pass_through;
  keeping.most_waiting = bytes_option("--max-waiting", most_waiting);
  keeping.save_every = milliseconds_option("--save-every", save_every);
  keeping.patience = milliseconds_option("--patience", patience);
  constexpr std::chrono::milliseconds shortest{100};
  if (keeping.patience < shortest)
    throw Error({"option '--patience'", "100ms or more", "'" + patience + "'", ""});
  return keeping;
}

options::Settings LiveOptions::engine_settings() const {
  options::Settings settings = engine.settings();
  const options::CoreOptions usual = usual_options();
  const auto is_given = [&](std::string_view option) {
    return std::any_of(settings.given.begin(), settings.given.end(),
                       [&](const options::Setting& given) { return given.name == option; });
  };
  settings.given.push_back({"field", options::Text{live::JudgeSettings::column}, "oddity live"});
  for (const char* const option : {"algorithm", "maxGroups"}) {
    if (is_given(option) || !engine.config().empty()) continue;  // a file is taken as it is
    settings.given.push_back(
        {option, options::Text{options::core_option(option)->text(usual)}, "oddity live"});
  }
  if (!period.empty()) settings.given.push_back({"window", options::Text{period}, "--period"});
  return settings;
}

}  // namespace oddity::program
