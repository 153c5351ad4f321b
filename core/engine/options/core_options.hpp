// The options that are the core's own, the same for every detector: one table. From it come what
// Kapacitor learns about them (Info), the flags of the command line and their help, the keys of
// YAML's `defaults`, the names that no detector may take, the table of docs/configuration.md, and the
// values that the engine runs with.
//
// A new option is a member, its row, and its use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "oddity/evaluation.hpp"
#include "options/extent.hpp"
#include "options/false_alarms.hpp"
#include "options/row.hpp"

namespace oddity::options {

/// What becomes of a window that differs from a history without any variation.
enum class OnConstant : std::uint8_t { alarm, floor, ignore };
/// Which windows join the history.
enum class LearnFrom : std::uint8_t { normal, always };
/// What a detector's answer is held against.
enum class Calibrate : std::uint8_t { none, own };
/// Whether neighbouring samples are taken for independent.
enum class Autocorrelation : std::uint8_t { ignore, adjust };

/// The values, as the engine uses them. The initialisers are the defaults.
struct CoreOptions {
  std::vector<std::string> fields;  ///< at least one, no duplicates
  double alpha = 0;                 ///< in (0, 1); 0: it follows from false_alarms
  FalseAlarms false_alarms;
  std::vector<std::string> detectors{"ttest"};
  std::int64_t ttl = 0;  ///< ns without a window (data's time) until a group is forgotten; 0: never
  std::size_t max_groups = 100'000;       ///< at least 1
  Direction direction = Direction::both;  ///< asked of every detector
  double min_effect = 0;                  ///< in units of the usual variation
  double min_deviation = 0;               ///< in the field's unit
  Extent rest{20, 0};
  Extent min_history;
  OnConstant on_constant = OnConstant::alarm;
  LearnFrom learn = LearnFrom::normal;
  Extent relearn_after;
  Calibrate calibrate = Calibrate::own;
  Autocorrelation autocorrelation = Autocorrelation::ignore;
  Extent window;              ///< of points that come one by one; none: each is judged alone
  bool pass_through = false;  ///< judged points are handed on with the results added
};

using CoreOption = Row<CoreOptions>;

inline constexpr double hundred_years = 3.1536e18;  // ns

inline constexpr CoreOption core_options[] = {
    row<&CoreOptions::fields>(string_option("field", "A field to watch.").repeatable())
        .shown_as("hotend")
        .required_as("the name of the field to watch"),
    handed_on<CoreOptions>(size_option).shown_as("3600").required_as("the size of the history"),
    row<&CoreOptions::alpha>(
        double_option("alpha", "", "The p-value below which a window is anomalous.").between(0, 1))
        .without_ends()
        .shown_as("0.001")
        .required_as("an alpha value")
        .or_else("falseAlarms"),
    row<&CoreOptions::false_alarms>(
        string_option("falseAlarms",
                      "In place of alpha: how many false alarms in a time each series may give."))
        .shown_as("1/7d"),
    row<&CoreOptions::detectors>(
        string_option("algorithm", "A detector: ttest, novelty, or the name of any other.").repeatable())
        .shown_as("ks"),
    row<&CoreOptions::ttl>(
        duration_option(
            "ttl", "A group without a window for that long, by the data's time, is forgotten; 0s: never.")
            .between(0, hundred_years))
        .shown_as("7d"),
    row<&CoreOptions::max_groups>(
        int_option("maxGroups", "groups", "Beyond that many groups the least recently used is forgotten.")
            .between(1, 1e9))
        .shown_as("5000"),
    row<&CoreOptions::direction>(
        string_option("direction", "Which side of what is expected is anomalous.").one_of("both|above|below"))
        .shown_as("above"),
    row<&CoreOptions::min_effect>(
        double_option("minEffect", "",
                      "Smaller differences, in units of the series' usual variation, are normal.")
            .between(0, 1e9))
        .shown_as("3"),
    row<&CoreOptions::min_deviation>(
        double_option("minDeviation", "", "Smaller differences, in the field's own unit, are normal.")
            .between(0, 1e300))
        .shown_as("0.5"),
    row<&CoreOptions::rest>(
        string_option("rest",
                      "How long it has to be quiet, by time or windows, until a window alarms that is not "
                      "clearly stronger than the last alarm."))
        .shown_as("30m"),
    row<&CoreOptions::min_history>(
        string_option("minHistory", "How long a series is learned, by time or windows, before it is judged."))
        .shown_as("1d"),
    row<&CoreOptions::on_constant>(
        string_option("onConstant",
                      "Whether a change of a history without variation is anomalous: always, only beyond the "
                      "series' usual variation, or never.")
            .one_of("alarm|floor|ignore"))
        .shown_as("floor"),
    row<&CoreOptions::learn>(
        string_option("learn", "Which windows join the history.").one_of("normal|always"))
        .shown_as("always"),
    row<&CoreOptions::relearn_after>(
        string_option(
            "relearnAfter",
            "How long, by time or windows, anomalous windows have to last to become what is normal; "
            "0: never."))
        .shown_as("2h"),
    row<&CoreOptions::calibrate>(
        string_option("calibrate",
                      "What decides: a detector's p-value itself (none), or how rare its answer is among its "
                      "own earlier ones (own).")
            .one_of("none|own"))
        .shown_as("own"),
    row<&CoreOptions::autocorrelation>(
        string_option("autocorrelation",
                      "Whether neighbouring samples count as independent, or for as many as they are worth.")
            .one_of("ignore|adjust"))
        .shown_as("adjust"),
    row<&CoreOptions::window>(
        string_option("window",
                      "Stream edge only: windows are made of the points, by time or number; 0: each point is "
                      "judged alone."))
        .shown_as("5m")
        .only(in_tickscript | in_yaml),
    row<&CoreOptions::pass_through>(
        bool_option("passThrough",
                    "Stream edge only: each point is handed on, with the results as further fields."))
        .shown_as("true")
        .only(in_tickscript | in_yaml),
};

/// An option of a detector's own, by name and value, beside those of the table.
inline constexpr const char* param_name = "param";
inline constexpr const char* param_about =
    "An option of a detector's own; NAME.OPTION addresses one of several detectors.";

/// nullptr: the core has none of that name.
const CoreOption* core_option(std::string_view name) noexcept;

/// What may be named at a place, beside .param(), in the table's order.
std::vector<std::string> core_option_names(Place place);

/// Whether a detector must not declare an option of that name: those of the table that are the core's alone,
/// and the words that Kapacitor or the command line has for something else.
bool is_reserved(std::string_view name) noexcept;

}  // namespace oddity::options
