#include "conformance/answer.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>
#include <string_view>

namespace oddity::conformance {
namespace {

struct Member {
  std::string_view name;
  double value;
};

constexpr std::size_t own_members = 7;
using Members = std::array<Member, own_members + ODDITY_MOST_OUTPUTS>;

Members members(const oddity_evaluation& answer) noexcept {
  Members all{{{"p", answer.p},
               {"strength", answer.strength},
               {"observed", answer.observed},
               {"expected", answer.expected},
               {"lower", answer.lower},
               {"upper", answer.upper},
               {"effect", answer.effect}}};
  for (std::size_t i = 0; i < ODDITY_MOST_OUTPUTS; ++i)
    all[own_members + i] = {"an output", answer.outputs[i]};
  return all;
}

}  // namespace

oddity_evaluation blank_answer() noexcept {
  constexpr double absent = std::numeric_limits<double>::quiet_NaN();
  oddity_evaluation answer{sizeof answer, ODDITY_JUDGED, absent, absent, absent,
                           absent,        absent,        absent, absent, {}};
  for (double& output : answer.outputs) output = absent;
  return answer;
}

std::string canonical_bits(const oddity_evaluation& answer) {
  std::string bits(reinterpret_cast<const char*>(&answer.outcome), sizeof answer.outcome);
  for (const Member& member : members(answer)) {
    const double value = std::isnan(member.value) ? std::numeric_limits<double>::quiet_NaN() : member.value;
    bits.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  return bits;
}

bool same_bits(const oddity_evaluation& a, const oddity_evaluation& b) {
  return canonical_bits(a) == canonical_bits(b);
}

std::string wrong_p(const oddity_evaluation& answer) {
  if (std::isnan(answer.p) || (answer.p >= 0 && answer.p <= 1)) return {};
  return fmt::format("expected a p-value from 0 to 1, got {}", answer.p);
}

std::string wrong_outcome(const oddity_evaluation& answer, const oddity_description& description) {
  const bool has_p = !std::isnan(answer.p);
  const bool offers_p = description.offers_p != 0;
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
      return fmt::format("expected one of the door's outcomes, 0 to 3, got {}", answer.outcome);
  }
}

std::string wrong_number(const oddity_evaluation& answer) {
  for (const Member& member : members(answer)) {
    if (std::isinf(member.value))
      return fmt::format("expected a finite number or none, got an infinite one: {}", member.name);
  }
  return {};
}

std::string unsound(const oddity_evaluation& answer, const oddity_description& description) {
  if (auto wrong = wrong_p(answer); !wrong.empty()) return wrong;
  if (auto wrong = wrong_outcome(answer, description); !wrong.empty()) return wrong;
  return wrong_number(answer);
}

bool judged(const oddity_evaluation& answer) noexcept {
  return answer.outcome == ODDITY_JUDGED && !(std::isnan(answer.p) && std::isnan(answer.strength));
}

}  // namespace oddity::conformance
