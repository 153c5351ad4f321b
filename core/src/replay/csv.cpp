#include "replay/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/error.hpp"
#include "base/time.hpp"

namespace oddity::replay {
namespace {

std::optional<std::size_t> index_of(const std::vector<std::string>& names, std::string_view name) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end()) return std::nullopt;
  return static_cast<std::size_t>(at - names.begin());
}

double number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = missing;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool good = error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
  return good ? value : missing;
}

}  // namespace

bool split_csv(std::string_view record, std::vector<std::string>& fields) {
  fields.clear();
  fields.emplace_back();
  bool quoted = false;
  for (std::size_t i = 0; i < record.size(); ++i) {
    const char c = record[i];
    if (quoted) {
      const bool doubled = c == '"' && i + 1 < record.size() && record[i + 1] == '"';
      if (c != '"' || doubled) fields.back().push_back(c);
      if (doubled) ++i;
      quoted = c != '"' || doubled;
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      fields.emplace_back();
    } else if (c != '\r' || i + 1 != record.size()) {
      fields.back().push_back(c);
    }
  }
  return !quoted;
}

void CsvParser::header(const std::vector<std::string>& names, const std::string& where) {
  std::vector<Complaint> complaints;
  const auto find = [&](const std::string& name, const char* what) {
    const auto at = index_of(names, name);
    if (!at) complaints.push_back({where, fmt::format("a column '{}' for {}", name, what), "a header without it", did_you_mean(name, names)});
    return at.value_or(0);
  };
  width_ = names.size();
  fields_at_.clear();
  tags_at_.clear();
  if (!columns_.time.empty()) {
    time_at_ = find(columns_.time, "the time");
  } else if (const auto at = index_of(names, "time"); at || index_of(names, "timestamp")) {
    time_at_ = at ? *at : *index_of(names, "timestamp");
  } else {
    complaints.push_back({where, "a column 'time' or 'timestamp'", "a header without it", "name it with --time-column"});
  }
  for (const std::string& tag : columns_.tags) tags_at_.emplace_back(tag, find(tag, "a tag"));
  for (const std::string& field : fields_) fields_at_.push_back(find(field, "the field"));
  if (!complaints.empty()) throw Error(std::move(complaints));
}

bool CsvParser::parse(const std::vector<std::string>& record, Row& row, std::string& complaint) const {
  if (record.size() != width_) {
    complaint = fmt::format("expected {} columns, got {}", width_, record.size());
    return false;
  }
  const std::string& time = record[time_at_];
  std::int64_t stamp = 0;
  const auto [end, error] = std::from_chars(time.data(), time.data() + time.size(), stamp);
  if (error == std::errc() && end == time.data() + time.size()) {
    if (__builtin_mul_overflow(stamp, static_cast<std::int64_t>(precision_), &row.time)) {
      complaint = fmt::format("expected a time that fits 64 bits of nanoseconds, got {} (is --precision right?)", time);
      return false;
    }
  } else if (const auto parsed = parse_time(time)) {
    row.time = *parsed;
  } else {
    complaint = fmt::format("expected a time (a whole number or 2016-01-01T00:00:00Z), got '{}'", time);
    return false;
  }
  row.name = {};
  row.tags.clear();
  for (const auto& [name, at] : tags_at_) row.tags.emplace_back(name, record[at]);
  row.values.clear();
  for (const std::size_t at : fields_at_) row.values.push_back(number(record[at]));
  return true;
}

}  // namespace oddity::replay
