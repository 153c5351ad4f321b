#include "conformance/answer.hpp"

#include <cmath>
#include <limits>

namespace oddity::conformance {

std::string canonical_bits(const oddity_evaluation& answer) {
  std::string bits(reinterpret_cast<const char*>(&answer.outcome), sizeof answer.outcome);
  for (const double number : plugin::numbers_of(answer)) {
    const double value = std::isnan(number) ? std::numeric_limits<double>::quiet_NaN() : number;
    bits.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  return bits;
}

bool same_bits(const oddity_evaluation& a, const oddity_evaluation& b) {
  return canonical_bits(a) == canonical_bits(b);
}

std::string wrong_outcome(const oddity_evaluation& answer, const plugin::DetectorDescription& description) {
  const bool has_p = !std::isnan(answer.p);
  const bool offers_p = description.offers_p;
  switch (answer.outcome) {
    case ODDITY_JUDGED:
      if (offers_p && !has_p) return "expected a p-value with the outcome 'judged', got none";
      if (!offers_p && std::isnan(answer.strength))
        return "expected a strength with the outcome 'judged', got none";
      return !offers_p && has_p ? "the description offers no p-value, but there is one" : "";
    case ODDITY_WARMING_UP:
      return has_p ? "expected no p-value with the outcome 'warming up', got one" : "";
    case ODDITY_UNDEFINED:
      return has_p ? "expected no p-value with the outcome 'undefined', got one" : "";
    case ODDITY_CONSTANT:
      return {};
    default:
      return plugin::unknown_outcome(answer);
  }
}

std::string unsound(const oddity_evaluation& answer, const plugin::DetectorDescription& description) {
  if (auto wrong = wrong_p(answer); !wrong.empty()) return wrong;
  if (auto wrong = wrong_outcome(answer, description); !wrong.empty()) return wrong;
  return wrong_number(answer);
}

bool judged(const oddity_evaluation& answer) noexcept {
  return answer.outcome == ODDITY_JUDGED && !(std::isnan(answer.p) && std::isnan(answer.strength));
}

}  // namespace oddity::conformance
