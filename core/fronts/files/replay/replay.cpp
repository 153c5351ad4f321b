#include "replay/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/time.hpp"
#include "csv/csv.hpp"
#include "line_protocol/line_protocol.hpp"
#include "replay/counted.hpp"
#include "replay/lone_clocks.hpp"
#include "row/diagnostic.hpp"

namespace oddity::replay {
namespace {

constexpr std::uint64_t rows_between_progress = 4096;
constexpr std::size_t max_names = 256;

/// "; did you mean 'x'?", or the names that there are, or nothing.
std::string instead_of(const std::string& word, const std::vector<std::string>& names) {
  constexpr std::size_t max = 8;
  if (names.empty()) return "";
  if (const std::string near = did_you_mean(word, names); !near.empty()) return "; " + near;
  return fmt::format(
      "; there are: {}{}",
      fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), max)),
                ", "),
      names.size() > max ? ", ..." : "");
}

}  // namespace

Format format_by_name(const std::string& path) {
  return unpacked_name(path).ends_with(".csv") ? Format::csv : Format::line_protocol;
}

Replay::Replay(Reading reading, std::vector<std::string> fields, Tell tell)
    : reading_(std::move(reading)),
      fields_(std::move(fields)),
      tell_(std::move(tell)),
      times_(reading_.precision, reading_.timezone),
      series_(reading_.group_by),
      order_(fields_.size(), reading_.memory),
      unreadable_(tell_, "lines that cannot be read"),
      no_numbers_(tell_, "values that are not numbers") {
  counts_.numbers.resize(fields_.size());
}

void Replay::read(const std::string& path, const Progress& progress) {
  LineSource source(path);
  files_.push_back(source.name());
  series_.begin_file();
  if (reading_.format.value_or(format_by_name(path)) == Format::csv) {
    formats::CsvParser parser(
        {fields_, reading_.csv, reading_.group_by}, times_, [&] { return place(source); },
        [&](const std::string& note) { tell_(place(source) + ": " + note); });
    parser.watch(texts_);
    read_with(parser, source, progress);
    counts_.other_fields += parser.other_fields();
    for (const std::string& name : parser.names()) series_.know(name);
  } else {
    formats::LineParser parser(fields_, reading_.precision);
    read_with(parser, source, progress);
    for (const std::string& name : parser.other_fields()) {
      if (other_fields_.size() < max_names) other_fields_.push_back(name);
    }
  }
}

template <class Parser>
void Replay::read_with(Parser& parser, LineSource& source, const Progress& progress) {
  using formats::Parsed;
  formats::Row row;
  std::string diagnostic;
  for (std::string_view line; source.next(line);) {
    if (progress && source.line_number() % rows_between_progress == 0) progress(source);
    Parsed parsed = source.is_cut() ? Parsed::unreadable : parser.parse(line, row, diagnostic);
    for (std::size_t had = line.size(); parsed == Parsed::open && source.extend(line); had = line.size()) {
      if (line.find('"', had) != std::string_view::npos) parsed = parser.extend(line, row, diagnostic);
    }
    if (source.is_cut()) {
      parsed = Parsed::unreadable;
      diagnostic = LineSource::cut_diagnostic;
    }
    if (parsed == Parsed::row) {
      if (row.name.empty()) row.name = reading_.measurement;
      add(row, source);
    } else if (parsed != Parsed::nothing) {
      tell_unreadable(source, parsed == Parsed::open, diagnostic);
    }
  }
}

void Replay::tell_unreadable(const LineSource& source, bool open, const std::string& diagnostic) {
  const std::uint64_t lines = 1 + source.joined();
  unreadable_.add(
      [&] {
        std::string text = place(source) + ": ";
        if (!open) {
          text += diagnostic;
        } else if (lines == 1) {
          text += formats::open_quote_diagnostic;
        } else {
          text += fmt::format("expected a closing quote, got none up to line {}",
                              source.line_number() + source.joined());
        }
        if (lines > 1) text += fmt::format("; these {} are lost", counted(lines, "line"));
        return text;
      },
      lines);
  counts_.unreadable = unreadable_.count();
}

void Replay::add(const formats::Row& row, const LineSource& source) {
  if (!reading_.measurement.empty() && row.name != reading_.measurement)
    return note_other_measurement(row.name);
  ++counts_.rows;
  bool has_number = false;
  for (std::size_t field = 0; field < fields_.size(); ++field) {
    const bool number = !std::isnan(row.values[field]);
    counts_.numbers[field] += number ? 1 : 0;
    has_number |= number;
  }
  counts_.without_number += has_number ? 0 : 1;
  for (const formats::NoNumber& other : row.no_numbers) {
    no_numbers_.add([&] {
      return fmt::format("{}: expected a number in '{}', got {}", place(source), fields_[other.field],
                         formats::found(other.text));
    });
    ++counts_.no_numbers;
  }
  const auto file = static_cast<std::uint32_t>(files_.size() - 1);
  order_.add(
      {row.time, Place(file, source.line_number()), series_.of(row, has_number), row.texts, row.values});
}

void Replay::note_other_measurement(std::string_view name) {
  ++counts_.other_measurements;
  if (other_measurements_.size() == max_names) return;
  if (!other_measurements_.empty() && other_measurements_.back() == name) return;
  if (std::find(other_measurements_.begin(), other_measurements_.end(), name) == other_measurements_.end())
    other_measurements_.emplace_back(name);
}

void Replay::judge(const Sink& sink) {
  LoneClocks clocks;
  order_.each([&](const OrderedRow& row) {
    const std::uint32_t group = series_.group(row.series);
    clocks.add(group, row.time, row.place);
    repeated_.add(group, row, series_.is_merged(group));
    sink(series_.identity(row.series), row.time, row.values);
  });
  NamedFew named([&](const std::string& text) { lone_clocks_.push_back(text); }, "such rows");
  for (const LoneClocks::Lone& lone : clocks.found()) {
    named.add([&] {
      return fmt::format(
          "{}: its time, {}, lies far from all others of its group, the nearest being {}: "
          "is its clock right?",
          place(lone.place), format_time(lone.time), format_time(lone.next));
    });
  }
}

std::vector<std::string> Replay::remarks() const {
  std::vector<std::string> remarks;
  remark_names(remarks);
  remark_times(remarks);
  return remarks;
}

void Replay::remark_names(std::vector<std::string>& remarks) const {
  if (counts_.rows == 0 && counts_.other_measurements != 0) {
    remarks.push_back(fmt::format("no row is of the measurement '{}'{}", reading_.measurement,
                                  instead_of(reading_.measurement, other_measurements_)));
  }
  if (counts_.rows == 0 && counts_.other_fields != 0)
    remarks.push_back(fmt::format("no row has field '{}'", fmt::join(fields_, "' or '")));
  if (counts_.rows == 0) return;
  for (std::size_t field = 0; field < fields_.size(); ++field) {
    if (counts_.numbers[field] == 0)
      remarks.push_back(fmt::format("no row has a number in field '{}'{}", fields_[field],
                                    instead_of(fields_[field], other_fields_)));
  }
  for (const auto& sentences :
       {series_.never_there(), series_.merged(), repeated_.told_apart(texts_.columns())})
    remarks.insert(remarks.end(), sentences.begin(), sentences.end());
}

void Replay::remark_times(std::vector<std::string>& remarks) const {
  if (order_.out_of_order() != 0) {
    remarks.push_back(fmt::format("{} came after a later one, the first at {}; all were put in order",
                                  counted(order_.out_of_order(), "point"),
                                  place(order_.first_out_of_order())));
  }
  const auto repeated = repeated_.of_several_files([&](std::uint32_t file) { return files_[file]; },
                                                   [&](Place row) { return place(row); });
  remarks.insert(remarks.end(), repeated.begin(), repeated.end());
  remarks.insert(remarks.end(), lone_clocks_.begin(), lone_clocks_.end());
  if (times_.twice() != 0) {
    remarks.push_back(
        fmt::format("{} in an hour that comes twice in {}, the first is '{}'; which "
                    "of the two is meant was inferred from the times around it",
                    counted(times_.twice(), "time"), reading_.timezone, times_.first_twice()));
  }
}

std::string Replay::place(const LineSource& source) const {
  return fmt::format("{}:{}", source.name(), source.line_number());
}

std::string Replay::place(Place place) const {
  return fmt::format("{}:{}", files_[place.file()], place.line());
}

}  // namespace oddity::replay
