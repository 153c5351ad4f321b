#include "replay/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <utility>

#include "replay/besides.hpp"
#include "replay/counted.hpp"
#include "replay/other_format.hpp"
#include "row/diagnostic.hpp"

namespace oddity::replay {
namespace {

constexpr std::uint64_t rows_between_progress = 4096;
constexpr std::size_t max_names = 256;

}  // namespace

Format format_by_name(const std::string& path) {
  return unpacked_name(path).ends_with(".csv") ? Format::csv : Format::line_protocol;
}

Replay::Replay(Reading reading, std::vector<std::string> fields, Tell tell)
    : reading_(std::move(reading)),
      fields_(std::move(fields)),
      tell_(std::move(tell)),
      times_(reading_.precision, reading_.timezone, reading_.time_format),
      series_(reading_.group_by),
      order_(fields_.size(), reading_.memory),
      unreadable_(tell_, "lines that cannot be read"),
      no_numbers_(tell_, "values that are not numbers"),
      pieces_(std::max<std::size_t>(reading_.threads, 1)) {
  counts_.numbers.resize(fields_.size());
  times_.offer_formats();
}

void Replay::read(const std::string& path, const Progress& progress) {
  LineSource source(path, reading_.threads > 1, reading_.block_bytes);
  files_.push_back(source.name());
  series_.begin_file();
  doubtful_.begin_file(source.name());
  format_looked_at_ = false;
  const std::uint64_t left_out = rows_left_out();
  if (reading_.format.value_or(format_by_name(path)) == Format::csv) {
    has_csv_ = true;
    const std::uint64_t clocks = times_.clocks();
    formats::CsvParser parser(
        {fields_, reading_.csv, reading_.group_by}, times_, [&] { return place(); },
        [&](const std::string& note) { tell_(place() + ": " + note); });
    parser.watch(texts_);
    read_with(parser, source, progress);
    parser.finish();
    counts_.other_fields += parser.other_fields();
    for (const std::string& name : parser.names()) series_.know(name);
    const std::uint64_t numbers = doubtful_.rows() - std::min(doubtful_.rows(), times_.clocks() - clocks);
    doubtful_.end_file(numbers == 0 ? std::nullopt : std::optional(times_.unit()), times_.clocks() == clocks);
  } else {
    formats::LineParser parser(fields_, reading_.precision);
    read_with(parser, source, progress);
    for (const std::string& name : parser.other_fields()) {
      if (other_fields_.size() < max_names) other_fields_.push_back(name);
    }
    doubtful_.end_file(reading_.precision, true);
  }
  if (doubtful_.rows() == 0 && rows_left_out() == left_out) empty_.push_back(source.name());
}

/// Lines and rows that are counted for themselves.
std::uint64_t Replay::rows_left_out() const noexcept {
  return counts_.unreadable + counts_.other_measurements + counts_.other_fields;
}

template <class Parser>
void Replay::read_with(Parser& parser, LineSource& source, const Progress& progress) {
  Besides<Parser> besides(pieces_.all().size());
  std::uint64_t alone = reading_.lines_alone;
  std::uint64_t shown = 0;
  while (true) {
    if (progress && source.line_number() >= shown + rows_between_progress) {
      shown = source.line_number();
      progress(source);
    }
    if (alone == 0 && reading_.threads > 1) {
      alone = besides.are_of(parser) ? read_block(parser, besides, source) : reading_.lines_alone;
      if (alone == 0) continue;
    }
    std::string_view line;
    if (!source.next(line)) return;
    read_line(parser, source, line);
    if (alone != 0) --alone;
  }
}

/// With those that follow it, where a text in quotes goes on there.
template <class Parser>
void Replay::read_line(Parser& parser, LineSource& source, std::string_view line) {
  using formats::Parsed;
  line_ = source.line_number();
  if (line_ == 1 && !std::is_same_v<Parser, formats::LineParser>) {
    if (const std::string other = no_lines_of_text(line); !other.empty()) tell_(place() + ": " + other);
  }
  Parsed parsed = source.is_cut() ? Parsed::unreadable : parser.parse(line, row_, diagnostic_);
  for (std::size_t had = line.size(); parsed == Parsed::open && source.extend(line); had = line.size()) {
    if (line.find('"', had) != std::string_view::npos) parsed = parser.extend(line, row_, diagnostic_);
  }
  if (source.is_cut()) {
    parsed = Parsed::unreadable;
    diagnostic_ = LineSource::cut_diagnostic;
  }
  if (parsed == Parsed::row) {
    add(row_);
  } else if (parsed != Parsed::nothing) {
    if (std::is_same_v<Parser, formats::LineParser>) look_at_format(line);
    tell_unreadable(1 + source.joined(), parsed == Parsed::open, diagnostic_);
  }
}

/// How many lines are to be read one by one before the next block.
template <class Parser, class BesidesOfIt>
std::uint64_t Replay::read_block(Parser& parser, BesidesOfIt& besides, LineSource& source) {
  const std::string_view block = source.block(4 * reading_.block_bytes * pieces_.all().size());
  if (block.empty()) return 1;
  pieces_.read(block, besides.readers(), fields_.size());
  line_ = source.line_number();
  const std::uint64_t before = line_;
  std::size_t bytes = 0;
  bool whole = true;
  for (std::size_t i = 0; whole && i < pieces_.all().size(); ++i)
    whole = add_piece(parser, 1 + i, pieces_.all()[i], bytes);
  source.pass(bytes, line_ - before);
  return whole ? 0 : reading_.lines_alone;
}

/// Takes the lines in their order; those that were not read are read here. False: up to one that goes on in the next,
/// or that changes what the others mean. `bytes`: grows by what was taken.
template <class Parser>
bool Replay::add_piece(Parser& parser, std::size_t number, const Piece& piece, std::size_t& bytes) {
  using formats::Parsed;
  const double* values = piece.values.data();
  const auto table = table_of(parser);
  formats::Row known;
  known.clear(fields_.size());
  for (const PieceLine& line : piece.lines) {
    ++line_;
    if (line.known == nullptr) {
      const Parsed parsed = parser.parse(line.text, row_, diagnostic_);
      if (parsed == Parsed::open) {
        --line_;
        return false;
      }
      if (parsed == Parsed::row) add(row_);
      if (parsed == Parsed::unreadable) tell_unreadable(1, false, diagnostic_);
    } else {
      if (known.known != line.known) known.set_series(*line.known);
      known.time = line.time;
      std::copy_n(values, fields_.size(), known.values.begin());
      values += fields_.size();
      add(known, number);
    }
    bytes += line.text.size() + 1;
    if (table_of(parser) != table) return false;
  }
  return true;
}

/// `line`: that is no line protocol. Of a file the first one is looked at, where no row stands before it.
void Replay::look_at_format(std::string_view line) {
  if (std::exchange(format_looked_at_, true) || doubtful_.rows() != 0) return;
  if (const std::string other = other_format(line, reading_.csv.time, fields_); !other.empty())
    tell_(place() + ": " + other);
}

void Replay::tell_unreadable(std::uint64_t lines, bool open, const std::string& diagnostic) {
  unreadable_.add(
      [&] {
        std::string text = place() + ": ";
        if (!open) {
          text += diagnostic;
        } else if (lines == 1) {
          text += formats::open_quote_diagnostic;
        } else {
          text += fmt::format("expected a closing quote, got none up to line {}", line_ + lines - 1);
        }
        if (lines > 1) text += fmt::format("; these {} are lost", counted(lines, "line"));
        return text;
      },
      lines);
  counts_.unreadable = unreadable_.count();
}

/// `parser`: which read the row, 0 for that of the file and from 1 those beside it.
void Replay::add(formats::Row& row, std::size_t parser) {
  if (row.name.empty()) row.name = reading_.measurement;
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
      return fmt::format("{}: expected a number in '{}', got {}", place(), fields_[other.field],
                         formats::found(other.text));
    });
    ++counts_.no_numbers;
  }
  doubtful_.add(row.time, line_);
  const auto file = static_cast<std::uint32_t>(files_.size() - 1);
  order_.add({row.time, Place(file, line_), series_.of(row, has_number, parser), row.texts, row.values});
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
  note_lone(clocks);
  note_lacking(clocks);
}

std::string Replay::place() const { return fmt::format("{}:{}", files_.back(), line_); }

std::string Replay::place(Place place) const {
  return fmt::format("{}:{}", files_[place.file()], place.line());
}

}  // namespace oddity::replay
