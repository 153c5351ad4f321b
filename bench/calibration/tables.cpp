#include "calibration/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <span>

namespace oddity::calibration {
namespace {

/// As many digits as say something.
std::string number(double value) {
  return value >= 9.95 ? fmt::format("{:.0f}", value) : fmt::format("{:.{}f}", value, value >= 0.995 ? 1 : 2);
}

/// In units of alpha, with its interval where that is wide.
std::string cell(const Rate& rate) {
  const double alpha = rate.alpha();
  if (rate.share.of == 0) return "-";
  const std::string share = number(rate.share.value() / alpha);
  constexpr double surely = 150;
  if (alpha * static_cast<double>(rate.share.of) > surely) return share;
  const Interval interval = rate.share.interval();
  return fmt::format("{} ({}–{})", share, number(interval.low / alpha), number(interval.high / alpha));
}

/// `columns`: of Treatments' names, for each detector.
std::string head(std::string_view corner, std::span<const std::string_view> judges,
                 const std::vector<std::string_view>& columns) {
  std::string text = fmt::format("| {} |", corner);
  std::string rule = "|---|";
  for (const std::string_view detector : judges) {
    for (const std::string_view column : columns) {
      text += fmt::format(" {} {} |", detector, column);
      rule += "---|";
    }
  }
  return text + "\n" + rule + "\n";
}

/// A row for each kind of noise, a column for each detector and treatment.
template <class Measured>
std::string table(std::string_view corner, std::span<const std::string_view> judges,
                  const std::vector<std::string_view>& columns, const std::vector<Measured>& all,
                  const std::function<bool(const Measured&)>& wanted,
                  const std::function<std::string(const Measured&)>& cell_of) {
  std::string text = head(corner, judges, columns);
  for (const NamedNoise& noise : all_noises) {
    std::string line = fmt::format("| {} |", noise.name);
    bool any = false;
    for (const std::string_view detector : judges) {
      for (const std::string_view column : columns) {
        const auto found = std::find_if(all.begin(), all.end(), [&](const Measured& one) {
          return wanted(one) && one.noise.kind == noise.kind && one.setting.detector == detector &&
                 one.setting.treatment.name == column;
        });
        any |= found != all.end();
        line += fmt::format(" {} |", found == all.end() ? "" : cell_of(*found));
      }
    }
    if (any) text += line + "\n";
  }
  return text;
}

const std::vector<std::string_view> usual_columns{none.name, own.name, own_adjust.name};

std::string rate_table(const std::vector<Rate>& rates, int rows, const std::string& alpha,
                       const std::vector<std::string_view>& columns) {
  return table<Rate>(
      "noise", detectors, columns, rates,
      [&](const Rate& rate) { return rate.rows == rows && rate.setting.alpha == alpha; }, cell);
}

std::int64_t windows_of(const std::vector<Rate>& rates, int rows, std::string_view detector,
                        std::string_view alpha) {
  for (const Rate& rate : rates) {
    if (rate.rows == rows && rate.setting.detector == detector && rate.setting.alpha == alpha)
      return rate.windows;
  }
  return 0;
}

}  // namespace

std::string rate_tables(const std::vector<Rate>& rates) {
  std::string text;
  for (const int rows : {6, 20, 300}) {
    for (const char* alpha : {"0.001", "0.01", "0.05"}) {
      text +=
          fmt::format("### Windows of {} rows, alpha {}\n\n{} windows a cell, {} with ks.\n\n{}\n", rows,
                      alpha, windows_of(rates, rows, "ttest", alpha), windows_of(rates, rows, "ks", alpha),
                      rate_table(rates, rows, alpha, usual_columns));
    }
  }
  return text + "### Windows of 20 rows, alpha 0.001, autocorrelation alone\n\n" +
         rate_table(rates, 20, "0.001", {none.name, none_adjust.name});
}

std::string young_table(const std::vector<Rate>& rates) {
  return rate_table(rates, 20, "0.001", usual_columns);
}

std::string promise_table(const std::vector<Promise>& promises) {
  const bool calibrated = promises.front().rows == 1;
  const std::span<const std::string_view> judges = calibrated ? self_calibrating : detectors;
  return table<Promise>(
      "noise", judges, calibrated ? std::vector{own.name} : usual_columns, promises,
      [](const Promise&) { return true; },
      [](const Promise& promise) {
        return fmt::format("{} ({})", number(promise.alarms_a_week()), promise.in_the_first_week);
      });
}

std::string power_table(const std::vector<Power>& powers) {
  const auto found = [](const std::optional<double>& change) {
    return change ? fmt::format("{:.2f}", *change) : "-";
  };
  const auto all = [](const Power&) { return true; };
  return "Smallest shift of the mean, in standard deviations:\n\n" +
         table<Power>("noise", detectors, usual_columns, powers, all,
                      [&](const Power& one) { return found(one.shift); }) +
         "\nSmallest factor of the spread:\n\n" +
         table<Power>("noise", detectors, usual_columns, powers, all,
                      [&](const Power& one) { return found(one.spread); });
}

}  // namespace oddity::calibration
