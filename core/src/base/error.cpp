#include "base/error.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace oddity {
namespace {

std::string joined(const std::vector<Complaint>& complaints) {
  std::string text;
  for (const Complaint& complaint : complaints) {
    if (!text.empty()) text += "; ";
    text += complaint.sentence();
  }
  return text;
}

/// Levenshtein's distance (1966), one row at a time.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replaced}));
    }
  }
  return row.back();
}

}  // namespace

std::string Complaint::sentence() const {
  std::string text = where;
  if (!expected.empty()) text += ": expected " + expected;
  if (!found.empty()) text += (expected.empty() ? ": " : ", got ") + found;
  if (!mend.empty()) text += (expected.empty() && found.empty() ? ": " : " (") + mend + (expected.empty() && found.empty() ? "" : ")");
  return text;
}

Error::Error(Complaint complaint) : Error(std::vector<Complaint>{std::move(complaint)}) {}
Error::Error(std::vector<Complaint> complaints)
    : std::runtime_error(joined(complaints)), complaints_(std::move(complaints)) {}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
  const auto nearest = std::min_element(known.begin(), known.end(), [&](const auto& a, const auto& b) {
    return distance(word, a) < distance(word, b);
  });
  if (nearest == known.end() || distance(word, *nearest) > std::max<std::size_t>(1, nearest->size() / 3)) return {};
  return "did you mean '" + *nearest + "'?";
}

}  // namespace oddity
