#include "csv/csv_record.hpp"

#include <algorithm>
#include <array>

namespace oddity::formats {

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

bool CsvRecord::blank() const noexcept {
  return fields_.size() == 1 && (*this)[0].find_first_not_of(" \t") == std::string_view::npos;
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
    if (text_[at_] != separator_) return Parsed::unreadable;
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
  // Fields are a few bytes long: a call of memchr takes longer than the look at each.
  while (at_ != text_.size() && text_[at_] != separator_) ++at_;
  const bool carriage_return = at_ == text_.size() && at_ > begin && text_[at_ - 1] == '\r';
  fields_.push_back({begin, at_ - (carriage_return ? 1 : 0), nullptr});
}

char likely_separator(std::string_view header) noexcept {
  constexpr std::string_view separators = ",;\t|";
  std::array<std::size_t, separators.size()> found{};
  bool quoted = false;
  for (const char c : header) {
    quoted ^= c == '"';
    const std::size_t at = quoted ? std::string_view::npos : separators.find(c);
    if (at != std::string_view::npos) ++found[at];
  }
  return separators[static_cast<std::size_t>(std::max_element(found.begin(), found.end()) - found.begin())];
}

}  // namespace oddity::formats
