#include "replay/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "replay/line_protocol.hpp"

namespace oddity::replay {
namespace {

constexpr std::uint64_t named_at_most = 10;
constexpr std::uint64_t rows_between_progress = 4096;

}  // namespace

Replay::Replay(Reading reading, std::vector<std::string> fields, window::TimeWindows& windows, Tell tell)
    : reading_(std::move(reading)), fields_(std::move(fields)), windows_(windows), tell_(std::move(tell)), group_by_(reading_.group_by) {
  counts_.numbers.resize(fields_.size());
  std::sort(group_by_.begin(), group_by_.end());
  all_tags_ = std::find(group_by_.begin(), group_by_.end(), "*") != group_by_.end();
}

void Replay::read(const std::string& path, const Progress& progress) {
  LineSource source(path);
  if (reading_.format == Format::csv) {
    read_csv(source, progress);
  } else {
    read_lines(source, progress);
  }
}

void Replay::read_lines(LineSource& source, const Progress& progress) {
  LineParser parser(fields_, reading_.precision);
  Row row;
  std::string_view line;
  std::string complaint;
  while (source.next(line)) {
    if (progress && source.line_number() % rows_between_progress == 0) progress(source);
    if (!LineParser::is_row(line)) continue;
    if (parser.parse(line, row, complaint)) {
      add(row);
    } else {
      complain(source, source.line_number(), complaint);
    }
  }
}

void Replay::read_csv(LineSource& source, const Progress& progress) {
  CsvParser parser(fields_, reading_.csv, reading_.precision);
  Row row;
  std::string_view line;
  std::string record;
  std::string complaint;
  std::vector<std::string> fields;
  bool header = true;
  while (source.next(line)) {
    if (progress && source.line_number() % rows_between_progress == 0) progress(source);
    const std::uint64_t begins = source.line_number();
    record = line;
    if (header && record.starts_with("\xef\xbb\xbf")) record.erase(0, 3);  // a byte order mark, as spreadsheets write it
    bool whole = split_csv(record, fields);
    while (!whole && source.next(line)) {
      record += '\n';
      record += line;
      whole = split_csv(record, fields);
    }
    if (record.empty() || record == "\r") continue;
    if (!whole) {
      complain(source, begins, "expected a closing quote, got the end of the file");
    } else if (std::exchange(header, false)) {
      parser.header(fields, source.name() + ":" + std::to_string(begins));
    } else if (parser.parse(fields, row, complaint)) {
      add(row);
    } else {
      complain(source, begins, complaint);
    }
  }
}

void Replay::add(const Row& row) {
  if (!reading_.measurement.empty() && row.name != reading_.measurement) return;
  ++counts_.rows;
  for (std::size_t field = 0; field < fields_.size(); ++field) counts_.numbers[field] += std::isnan(row.values[field]) ? 0 : 1;
  set_group(row);
  windows_.add({group_key_, row.name, &group_tags_}, row.time, row.values);
}

/// As Kapacitor builds it: tags sorted by key; of those asked for by name, one that the point lacks stands in the key as empty.
void Replay::set_group(const Row& row) {
  group_tags_.clear();
  group_key_.clear();
  const auto add_tag = [this](std::string_view key, std::string_view value, bool there) {
    group_key_ += group_key_.empty() ? "" : ",";
    group_key_ += key;
    group_key_ += '=';
    group_key_ += value;
    if (there) group_tags_.emplace_back(key, value);
  };
  if (all_tags_) {
    sorted_tags_.assign(row.tags.begin(), row.tags.end());
    std::sort(sorted_tags_.begin(), sorted_tags_.end());
    for (const auto& [key, value] : sorted_tags_) add_tag(key, value, true);
    return;
  }
  for (const std::string& name : group_by_) {
    const auto tag = std::find_if(row.tags.begin(), row.tags.end(), [&](const auto& pair) { return pair.first == name; });
    add_tag(name, tag == row.tags.end() ? std::string_view() : tag->second, tag != row.tags.end());
  }
}

void Replay::complain(const LineSource& source, std::uint64_t line, const std::string& what) {
  if (++counts_.unreadable <= named_at_most) tell_(fmt::format("{}:{}: {}", source.name(), line, what));
  if (counts_.unreadable == named_at_most + 1) tell_("further lines that cannot be read are only counted");
}

}  // namespace oddity::replay
