#include "evaluate/series_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/error.hpp"
#include "base/time.hpp"
#include "csv/csv.hpp"
#include "replay/line_source.hpp"
#include "row/diagnostic.hpp"
#include "row/plausible_times.hpp"
#include "row/time_reader.hpp"

namespace oddity::evaluate {
namespace {

/// The rows in the file's order, with the times that are written there.
class Rows {
 public:
  Rows(const SeriesFile& file, const SeriesReading& reading, ReadSeries& read)
      : source_(file.file.string()),
        times_(reading.precision, ""),
        parser_(
            {reading.fields, {}, {}}, times_, [this] { return place(); },
            [this](const std::string& note) { read_.notes.note([&] { return place() + ": " + note; }); }),
        read_(read) {
    read_.series.columns.resize(reading.fields.size());
  }

  void read() {
    formats::Row row;
    std::string diagnostic;
    for (std::string_view line; source_.next(line);) {
      const formats::Parsed parsed =
          source_.is_cut() ? formats::Parsed::unreadable : parser_.parse(line, row, diagnostic);
      if (source_.is_cut()) diagnostic = replay::LineSource::cut_diagnostic;
      if (parsed == formats::Parsed::nothing) continue;
      if (parsed == formats::Parsed::row) {
        add(row);
      } else {
        if (parsed == formats::Parsed::open) diagnostic = formats::open_quote_diagnostic;
        read_.unreadable.note([&] { return place() + ": " + diagnostic; });
        const std::vector<std::int64_t>& times = read_.series.times;
        add_row(times.empty() ? 0 : times.back(), {});
      }
    }
    parser_.finish();
    if (first_ && times_.clocks() == 0)
      read_.doubtful = formats::doubt_about_times(*first_, last_, times_.unit());
  }

 private:
  std::string place() const { return fmt::format("{}:{}", source_.name(), source_.line_number()); }

  void add(const formats::Row& row) {
    for (const formats::NoNumber& value : row.no_numbers)
      read_.no_numbers.note([&] { return place() + ": " + formats::found(value.text) + " is not a number"; });
    if (!first_) first_ = row.time;
    last_ = row.time;
    add_row(row.time, row.values);
  }

  void add_row(std::int64_t time, const std::vector<double>& values) {
    read_.series.times.push_back(time);
    for (std::size_t field = 0; field < read_.series.columns.size(); ++field)
      read_.series.columns[field].push_back(values.empty() ? formats::missing : values[field]);
  }

  replay::LineSource source_;
  formats::TimeReader times_;
  formats::CsvParser parser_;
  ReadSeries& read_;
  std::optional<std::int64_t> first_;  ///< times of rows that could be read
  std::int64_t last_ = 0;
};

std::string beyond(const Label& label, const std::string& expected, const std::string& found) {
  return Diagnostic{label.where, expected, found, ""}.sentence();
}

void add_label(const Label& label, const RowLabel& rows, ReadSeries& read) {
  if (rows.end > read.series.rows()) {
    read.wrong_labels.push_back(
        beyond(label, fmt::format("rows below {} of {}", read.series.rows() + 1, read.series.name),
               fmt::format("{} to {}", rows.begin, rows.end)));
  } else {
    read.series.events.push_back({rows.begin, rows.end});
  }
}

/// From the first row of the one time to the first of the other; where no row is of such a time, to those between them.
void add_label(const Label& label, const TimeLabel& span, ReadSeries& read) {
  const std::vector<std::int64_t>& times = read.series.times;
  auto first = std::find(times.begin(), times.end(), span.begin);
  if (first == times.end())
    first = std::find_if(times.begin(), times.end(), [&](std::int64_t time) { return time >= span.begin; });
  auto last = std::find(first, times.end(), span.end);
  if (last == times.end()) {
    last = std::find_if(first, times.end(), [&](std::int64_t time) { return time > span.end; });
    if (last != first) --last;
  }
  if (first == times.end() || *first > span.end) {
    read.wrong_labels.push_back(beyond(label, "a window with rows of its series",
                                       format_time(span.begin) + " to " + format_time(span.end)));
  } else {
    read.series.events.push_back({static_cast<std::size_t>(first - times.begin()),
                                  static_cast<std::size_t>(last - times.begin()) + 1});
  }
}

/// A detector would learn anew where its time goes backwards.
void straighten(const std::string& name, ReadSeries& read) {
  std::vector<std::int64_t>& times = read.series.times;
  for (std::size_t row = 1; row < times.size(); ++row) {
    if (times[row] >= times[row - 1]) continue;
    read.backwards.note([&] {
      return fmt::format("{}, row {}: {} after {}", name, row, format_time(times[row]),
                         format_time(times[row - 1]));
    });
    times[row] = times[row - 1];
  }
}

}  // namespace

ReadSeries read_series(const SeriesFile& file, const SeriesReading& reading) {
  ReadSeries read;
  read.series.name = file.name;
  read.series.train = file.train;
  Rows(file, reading, read).read();
  for (const Label& label : file.labels)
    std::visit([&](const auto& at) { add_label(label, at, read); }, label.at);
  std::sort(read.series.events.begin(), read.series.events.end(),
            [](const Event& one, const Event& other) { return one.begin < other.begin; });
  straighten(file.name, read);
  read.series.step = usual_step(read.series.times);
  return read;
}

}  // namespace oddity::evaluate
