#include "csv/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/error.hpp"
#include "base/time.hpp"
#include "row/complaint.hpp"
#include "row/number.hpp"

namespace oddity::replay {
namespace {

std::string_view without_blanks(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

std::optional<std::size_t> index_of(const std::vector<std::string>& names, std::string_view name) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end()) return std::nullopt;
  return static_cast<std::size_t>(at - names.begin());
}

}  // namespace

Parsed CsvRecord::split(std::string_view text) {
  fields_.clear();
  texts_.clear();
  at_ = 0;
  quoted_ = false;
  return extend(text);
}

Parsed CsvRecord::extend(std::string_view longer) {
  text_ = longer;
  return split_on();
}

std::string_view CsvRecord::operator[](std::size_t field) const noexcept {
  const Field& found = fields_[field];
  return found.rewritten != nullptr ? std::string_view(*found.rewritten)
                                    : text_.substr(found.begin, found.end - found.begin);
}

Parsed CsvRecord::split_on() {
  while (true) {
    if (!quoted_ && at_ < text_.size() && text_[at_] == '"') {
      quoted_ = true;
      doubled_ = false;
      begin_ = ++at_;
    }
    if (!quoted_) {
      take_plain();
    } else if (!take_quoted()) {
      return Parsed::open;
    }
    if (at_ == text_.size() || text_.substr(at_) == "\r") return Parsed::row;
    if (text_[at_] != ',') return Parsed::unreadable;
    ++at_;
  }
}

/// From behind the opening quote, or from where the text ended before, to behind the closing one. False:
/// there is none yet.
bool CsvRecord::take_quoted() {
  while (true) {
    const std::size_t quote = text_.find('"', at_);
    if (quote == std::string_view::npos) {
      at_ = text_.size();
      return false;
    }
    at_ = quote + 1;
    if (at_ == text_.size() || text_[at_] != '"') {
      fields_.push_back({begin_, quote, nullptr});
      break;
    }
    doubled_ = true;
    ++at_;
  }
  quoted_ = false;
  if (!doubled_) return true;
  std::string& single = texts_.fresh();
  for (std::size_t i = begin_; i < fields_.back().end; ++i) {
    single.push_back(text_[i]);
    if (text_[i] == '"') ++i;
  }
  fields_.back().rewritten = &single;
  return true;
}

void CsvRecord::take_plain() {
  const std::size_t begin = at_;
  at_ = std::min(text_.find(',', at_), text_.size());
  const bool carriage_return = at_ == text_.size() && at_ > begin && text_[at_ - 1] == '\r';
  fields_.push_back({begin, at_ - (carriage_return ? 1 : 0), nullptr});
}

void CsvParser::header(const CsvRecord& record, const std::string& where) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < record.size(); ++i) names.emplace_back(without_blanks(record[i]));
  std::vector<Complaint> complaints;
  const auto find = [&](const std::string& name, const char* what) {
    const auto at = index_of(names, name);
    if (!at)
      complaints.push_back({where, fmt::format("a column '{}' for {}", name, what), "a header without it",
                            did_you_mean(name, names)});
    return at.value_or(0);
  };
  width_ = names.size();
  if (!columns_.time.empty()) {
    time_at_ = find(columns_.time, "the time");
  } else if (const auto time = index_of(names, "time"), timestamp = index_of(names, "timestamp");
             time || timestamp) {
    time_at_ = time ? *time : *timestamp;
  } else {
    complaints.push_back(
        {where, "a column 'time' or 'timestamp'", "a header without it", "name it with --time-column"});
  }
  tags_at_.clear();
  fields_at_.clear();
  for (const std::string& tag : columns_.tags) tags_at_.push_back(find(tag, "a tag"));
  for (const std::string& field : fields_) fields_at_.push_back(find(field, "the field"));
  if (!complaints.empty()) throw Error(std::move(complaints));
}

bool CsvParser::parse(const CsvRecord& record, Row& row, std::string& complaint) const {
  if (record.size() != width_) {
    complaint = fmt::format("expected {} columns, got {}", width_, record.size());
    return false;
  }
  if (!parse_when(without_blanks(record[time_at_]), row.time, complaint)) return false;
  row.name = {};
  row.tags.clear();
  for (std::size_t tag = 0; tag < tags_at_.size(); ++tag) {
    const std::string_view value = record[tags_at_[tag]];
    if (!value.empty()) row.tags.emplace_back(columns_.tags[tag], value);
  }
  row.values.clear();
  for (const std::size_t at : fields_at_)
    row.values.push_back(parse_double(without_blanks(record[at])).value_or(missing));
  return true;
}

bool CsvParser::parse_when(std::string_view text, std::int64_t& time, std::string& complaint) const {
  std::int64_t stamp = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), stamp);
  if (end == text.data() + text.size() && error != std::errc::invalid_argument) {
    if (error == std::errc() && !__builtin_mul_overflow(stamp, static_cast<std::int64_t>(precision_), &time))
      return true;
    complaint =
        fmt::format("expected a time that fits 64 bits of nanoseconds, got {} (is --precision right?)", text);
    return false;
  }
  const auto parsed = parse_time(text);
  if (parsed) time = *parsed;
  if (!parsed)
    complaint =
        fmt::format("expected a time (a whole number or 2016-01-01T00:00:00Z), got '{}'", excerpt(text));
  return parsed.has_value();
}

}  // namespace oddity::replay
