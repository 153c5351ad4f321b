#include "line_protocol/usual_line.hpp"

#include <algorithm>

#include "row/char_set.hpp"
#include "row/plain_number.hpp"

namespace oddity::formats {
namespace {

constexpr CharSet name_stops("=, \\");

/// A number with what may stand behind it: nothing, i or u. False: anything else.
bool take_value(const char*& at, const char* end, PlainDecimal& number, bool& is_integer) {
  if (!number.take(at, end) || at == end) return false;
  is_integer = *at == 'i' || *at == 'u';
  if (!is_integer) return true;
  return number.is_whole() && !(*at++ == 'u' && number.negative()) && at != end;
}

/// An integer has no negative zero.
double value_of(const PlainDecimal& number, bool is_integer) noexcept {
  return is_integer ? number.value() + 0.0 : number.value();
}

}  // namespace

UsualLines::UsualLines(const std::vector<std::string>& fields) : fields_(fields) {}

bool UsualLines::read(std::string_view line, std::int64_t unit, Row& row, OtherNames& others) {
  Heads::Known* const head = head_of(line);
  if (head == nullptr) return false;
  row.clear(fields_.size());
  std::size_t at = head->text.size();
  if (!take_fields(line, at, *head, row, others)) return false;
  row.fields_end = at;
  std::string_view time = line.substr(at + 1);
  if (time.ends_with('\r')) time.remove_suffix(1);
  const auto stamp = plain_whole(time);
  if (!stamp || __builtin_mul_overflow(*stamp, unit, &row.time)) return false;
  row.set_series(head->what.series);
  Heads::follow(last_, head);
  last_ = head;
  return true;
}

/// A head that is known holds no backslash, so its blank is the first one of its line.
UsualLines::Heads::Known* UsualLines::head_of(std::string_view line) {
  if (Heads::Known* const guess = Heads::guessed(last_, line)) return guess;
  const std::size_t blank = line.find(' ');
  return blank == std::string_view::npos ? nullptr : heads_.find(line.substr(0, blank + 1));
}

/// From behind the head to the blank behind the last field.
bool UsualLines::take_fields(std::string_view line, std::size_t& at, Heads::Known& head, Row& row,
                             OtherNames& others) {
  const char* const end = line.data() + line.size();
  if (line.substr(at).starts_with('\t'))
    return false;  // there a blank, and behind a comma a name's first letter
  Names::Known* before = nullptr;
  while (true) {
    const std::string_view rest = line.substr(at);
    Names::Known*& guess = before == nullptr ? head.what.first_name : before->next;
    if (guess == nullptr || !begins_with(rest, guess->text)) {
      Names::Known* const name = name_of(rest);
      if (name == nullptr) return false;
      guess = name;
    }
    before = guess;
    const char* next = line.data() + at + before->text.size();
    PlainDecimal number;
    bool is_integer = false;
    if (!take_value(next, end, number, is_integer)) return false;
    if (before->what.column != fields_.size()) {
      row.values[before->what.column] = value_of(number, is_integer);
    } else {
      others.note(std::string_view(before->text).substr(0, before->text.size() - 1));
    }
    at = static_cast<std::size_t>(next - line.data());
    if (*next == ' ') return true;
    if (*next != ',') return false;
    ++at;
  }
}

/// With the equals sign behind it.
UsualLines::Names::Known* UsualLines::name_of(std::string_view rest) {
  const std::size_t length = name_stops.length_before(rest);
  if (length == 0 || length == rest.size() || rest[length] != '=') return nullptr;
  const std::string_view text = rest.substr(0, length + 1);
  if (Names::Known* const known = names_.find(text)) return known;
  const auto column = std::find(fields_.begin(), fields_.end(), rest.substr(0, length));
  return names_.add(text, {static_cast<std::size_t>(column - fields_.begin())});
}

void UsualLines::learn(std::string_view line, const Row& row) {
  if (row.name.data() != line.data()) return;  // blanks before it, or escapes in it
  const std::string_view head = line.substr(0, std::min(line.find(' '), line.size() - 1) + 1);
  Heads::Known* known = heads_.find(head);
  if (known == nullptr && head.find('\\') == std::string_view::npos) known = add(line, head, row);
  if (known == nullptr) return;
  Heads::follow(last_, known);
  last_ = known;
}

UsualLines::Heads::Known* UsualLines::add(std::string_view line, std::string_view head, const Row& row) {
  Heads::Known* const known = heads_.add(head, {});
  if (known == nullptr) return known;
  const auto kept = [&](std::string_view text) {
    return std::string_view(known->text)
        .substr(static_cast<std::size_t>(text.data() - line.data()), text.size());
  };
  KnownSeries& series = known->what.series;
  series.number = static_cast<std::uint32_t>(heads_.size());
  series.name = kept(row.name);
  for (const auto& [key, value] : row.tags) series.tags.emplace_back(kept(key), kept(value));
  return known;
}

}  // namespace oddity::formats
