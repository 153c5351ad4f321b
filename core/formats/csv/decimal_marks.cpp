#include "csv/decimal_marks.hpp"

#include <fmt/format.h>

#include "row/diagnostic.hpp"
#include "row/number.hpp"
#include "row/row.hpp"

namespace oddity::formats {

double DecimalMarks::number(std::string_view text, std::size_t field) {
  const auto plain = parse_double(text);
  const auto value = plain ? plain : parse_double_with_comma(text);
  if (!value) return missing;
  note_where_both_are(text, !plain);
  thousands_[field].add(text);
  return *value;
}

void DecimalMarks::note_where_both_are(std::string_view text, bool has_comma) {
  if (both_noted_) return;
  if (has_comma && first_comma_.empty()) first_comma_ = text;
  if (!has_comma && first_point_.empty() && text.find('.') != std::string_view::npos) first_point_ = text;
  if (first_comma_.empty() || first_point_.empty()) return;
  both_noted_ = true;
  note_(fmt::format("'{}' and '{}' are both read as numbers with decimals", excerpt(first_comma_),
                    excerpt(first_point_)));
}

void DecimalMarks::finish() const {
  if (both_noted_) return;
  for (std::size_t field = 0; field < thousands_.size(); ++field) {
    if (const auto likely = thousands_[field].likely())
      note_(fmt::format(
          "'{}' in '{}' is read as a number with decimals, beside '{}' without: if its mark separates "
          "thousands, it must not be there",
          excerpt(likely->marked), fields_[field], excerpt(likely->whole)));
  }
}

}  // namespace oddity::formats
