#include "base/error.hpp"

#include <algorithm>
#include <utility>

namespace oddity {
namespace {

std::string joined(const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!text.empty()) text += "; ";
    text += diagnostic.sentence();
  }
  return text;
}

/// Optimal string alignment: insertions, deletions, replacements, and swaps of
/// neighbours (Damerau 1964, p. 171).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      d[i][j] =
          std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

std::string Diagnostic::sentence() const {
  std::string text = where;
  if (!expected.empty()) text += ": expected " + expected;
  if (!found.empty()) text += (expected.empty() ? ": " : ", got ") + found;
  if (!hint.empty())
    text += (expected.empty() && found.empty() ? ": " : " (") + hint +
            (expected.empty() && found.empty() ? "" : ")");
  return text;
}

Error::Error(Diagnostic diagnostic) : Error(std::vector<Diagnostic>{std::move(diagnostic)}) {}
Error::Error(std::vector<Diagnostic> diagnostics)
    : std::runtime_error(joined(diagnostics)), diagnostics_(std::move(diagnostics)) {}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
  const std::string* nearest = nullptr;
  std::size_t min = 0;
  for (const std::string& candidate : known) {
    const std::size_t limit = std::max<std::size_t>(1, candidate.size() / 3);
    // Lengths that far apart settle it: a word of megabytes is not compared letter by letter.
    if (word.size() > candidate.size() + limit || candidate.size() > word.size() + limit) continue;
    const std::size_t apart = distance(word, candidate);
    if (apart > limit || (nearest != nullptr && apart >= min)) continue;
    nearest = &candidate;
    min = apart;
  }
  return nearest == nullptr ? std::string() : "did you mean '" + *nearest + "'?";
}

}  // namespace oddity
