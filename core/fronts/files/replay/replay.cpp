#include "replay/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "row/complaint.hpp"
#include "line_protocol/line_protocol.hpp"

namespace oddity::replay {
namespace {

constexpr std::uint64_t named_at_most = 10;
constexpr std::uint64_t rows_between_progress = 4096;

/// Joins lines to one in which a quote is open, until `parse` finds it closed. Where that comes to nothing,
/// the quote was a slip of that line alone: the others are given back, and `open` is returned.
template <class Parse>
Parsed read_on(LineSource& source, std::string_view& line, const Parse& parse) {
  Parsed parsed = Parsed::open;
  for (std::size_t had = line.size(); parsed == Parsed::open && source.extend(line); had = line.size()) {
    if (line.find('"', had) != std::string_view::npos) parsed = parse();
  }
  if (parsed == Parsed::row) return parsed;
  source.give_back();
  return Parsed::open;
}

}  // namespace

Format format_by_name(const std::string& path) {
  return path.ends_with(".csv") || path.ends_with(".csv.gz") ? Format::csv : Format::line_protocol;
}

Replay::Replay(Reading reading, std::vector<std::string> fields, window::TimeWindows& windows, Tell tell)
    : reading_(std::move(reading)),
      fields_(std::move(fields)),
      windows_(windows),
      tell_(std::move(tell)),
      group_by_(reading_.group_by) {
  counts_.numbers.resize(fields_.size());
  std::sort(group_by_.begin(), group_by_.end());
  all_tags_ = std::find(group_by_.begin(), group_by_.end(), "*") != group_by_.end();
}

void Replay::read(const std::string& path, const Progress& progress) {
  LineSource source(path);
  if (reading_.format.value_or(format_by_name(path)) == Format::csv) {
    read_csv(source, progress);
  } else {
    read_lines(source, progress);
  }
}

void Replay::read_lines(LineSource& source, const Progress& progress) {
  LineParser parser(fields_, reading_.precision);
  Row row;
  std::string complaint;
  for (std::string_view line; source.next(line);) {
    if (progress && source.line_number() % rows_between_progress == 0) progress(source);
    if (!LineParser::is_row(line)) continue;
    Parsed parsed = parser.parse(line, row, complaint);
    if (parsed == Parsed::open)
      parsed = read_on(source, line, [&] { return parser.parse(line, row, complaint); });
    if (parsed == Parsed::open) complaint = open_quote_complaint;
    if (parsed != Parsed::row) {
      complain(source, complaint);
    } else if (reading_.measurement.empty() || row.name == reading_.measurement) {
      add(row);
    }
  }
}

void Replay::read_csv(LineSource& source, const Progress& progress) {
  CsvParser parser(fields_, reading_.csv, reading_.precision);
  if (!read_header(parser, source)) return;
  CsvRecord record;
  Row row;
  std::string complaint;
  for (std::string_view line; source.next(line);) {
    if (progress && source.line_number() % rows_between_progress == 0) progress(source);
    Parsed parsed = record.split(line);
    if (parsed == Parsed::open) parsed = read_on(source, line, [&] { return record.extend(line); });
    if (parsed == Parsed::open) {
      complain(source, open_quote_complaint);
    } else if (parsed == Parsed::unreadable) {
      complain(source, "expected a comma or the end of the line after a closing quote");
    } else if (record.blank()) {
      continue;
    } else if (parser.parse(record, row, complaint)) {
      row.name = reading_.measurement;
      add(row);
    } else {
      complain(source, complaint);
    }
  }
}

/// False: there is nothing in the file.
bool Replay::read_header(CsvParser& parser, LineSource& source) {
  CsvRecord record;
  for (std::string_view line; source.next(line);) {
    if (line.starts_with("\xef\xbb\xbf"))
      line.remove_prefix(3);  // a byte order mark, as spreadsheets write it
    if (record.split(line) == Parsed::row && record.blank()) continue;
    parser.header(record, source.name() + ":" + std::to_string(source.line_number()));
    return true;
  }
  return false;
}

void Replay::add(const Row& row) {
  ++counts_.rows;
  for (std::size_t field = 0; field < fields_.size(); ++field)
    counts_.numbers[field] += std::isnan(row.values[field]) ? 0 : 1;
  set_group(row);
  windows_.add({group_key_, row.name, &group_tags_}, row.time, row.values);
}

/// As Kapacitor builds it: tags sorted by key; of those asked for by name, one that the point lacks stands in
/// the key as empty.
void Replay::set_group(const Row& row) {
  group_key_.clear();
  std::size_t tags = 0;
  const auto add_tag = [&](std::string_view key, std::string_view value) {
    if (!group_key_.empty()) group_key_ += ',';
    group_key_ += key;
    group_key_ += '=';
    group_key_ += value;
    if (value.empty()) return;
    if (tags == group_tags_.size()) group_tags_.emplace_back();
    group_tags_[tags].first = key;
    group_tags_[tags].second = value;
    ++tags;
  };
  if (all_tags_) {
    sorted_tags_.assign(row.tags.begin(), row.tags.end());
    std::sort(sorted_tags_.begin(), sorted_tags_.end());
    for (const auto& [key, value] : sorted_tags_) add_tag(key, value);
  } else {
    for (const std::string& name : group_by_) {
      const auto tag = std::find_if(row.tags.begin(), row.tags.end(),
                                    [&](const auto& pair) { return pair.first == name; });
      add_tag(name, tag == row.tags.end() ? std::string_view() : tag->second);
    }
  }
  group_tags_.resize(tags);
}

void Replay::complain(const LineSource& source, const std::string& what) {
  if (++counts_.unreadable <= named_at_most)
    tell_(fmt::format("{}:{}: {}", source.name(), source.line_number(), what));
  if (counts_.unreadable == named_at_most + 1) tell_("further lines that cannot be read are only counted");
}

}  // namespace oddity::replay
