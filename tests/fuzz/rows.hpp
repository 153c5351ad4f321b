// What is held of every row, whatever file it came from.
#pragma once

#include <array>
#include <bit>
#include <cmath>

#include "fuzz.hpp"
#include "row/row.hpp"

namespace oddity::fuzz {

inline formats::Precision precision(Input& input) {
  using formats::Precision;
  constexpr std::array<Precision, 4> all{Precision::ns, Precision::us, Precision::ms, Precision::s};
  return all[input.number<std::uint8_t>() % all.size()];
}

inline void check_row(const formats::Row& row, std::size_t fields) {
  require(row.values.size() == fields, "a row has a value for each field");
  for (const double value : row.values) require(!std::isinf(value), "a value is finite or missing");
  for (const formats::NoNumber& other : row.no_numbers)
    require(other.field < fields, "what is no number is in a field");
  for (auto tag = row.tags.begin(); tag != row.tags.end(); ++tag) {
    require(!tag->first.empty() && !tag->second.empty(), "no tag is empty");
    require(std::none_of(row.tags.begin(), tag, [&](const auto& other) { return other.first == tag->first; }),
            "no tag stands twice");
  }
}

inline bool same(const formats::Row& a, const formats::Row& b) {
  return a.name == b.name && a.tags == b.tags && a.time == b.time &&
         std::equal(
             a.values.begin(), a.values.end(), b.values.begin(), b.values.end(), [](double x, double y) {
               return std::isnan(x) ? std::isnan(y)
                                    : std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
             });
}

}  // namespace oddity::fuzz
