#include "plugin/evaluation.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <cstring>
#include <limits>
#include <string_view>

#include "plugin/detector.hpp"

namespace oddity::plugin {
namespace {

struct Number {
  std::string_view name;
  double oddity_evaluation::*member;
};

constexpr Number numbers[] = {{"p", &oddity_evaluation::p},
                              {"strength", &oddity_evaluation::strength},
                              {"observed", &oddity_evaluation::observed},
                              {"expected", &oddity_evaluation::expected},
                              {"lower", &oddity_evaluation::lower},
                              {"upper", &oddity_evaluation::upper},
                              {"effect", &oddity_evaluation::effect},
                              {"reason", &oddity_evaluation::reason}};

std::string infinite(std::string_view name) {
  return fmt::format("expected a finite number, or NaN for what is absent, got an infinite one: {}", name);
}

}  // namespace

// Whatever a later minor version appends to the struct is a double as well, and absent before the call.
oddity_evaluation blank_evaluation() noexcept {
  constexpr double absent = std::numeric_limits<double>::quiet_NaN();
  constexpr std::size_t first = offsetof(oddity_evaluation, p);
  static_assert((sizeof(oddity_evaluation) - first) % sizeof absent == 0);
  oddity_evaluation evaluation{};
  evaluation.struct_size = sizeof evaluation;
  evaluation.outcome = ODDITY_JUDGED;
  auto* const bytes = reinterpret_cast<unsigned char*>(&evaluation);
  for (std::size_t at = first; at < sizeof evaluation; at += sizeof absent)
    std::memcpy(bytes + at, &absent, sizeof absent);
  return evaluation;
}

std::array<double, 8 + ODDITY_MAX_OUTPUTS> numbers_of(const oddity_evaluation& answer) noexcept {
  std::array<double, std::size(numbers) + ODDITY_MAX_OUTPUTS> all{};
  std::size_t at = 0;
  for (const Number& number : numbers) all[at++] = answer.*number.member;
  for (const double output : answer.outputs) all[at++] = output;
  return all;
}

std::string wrong_p(const oddity_evaluation& answer) {
  if (std::isnan(answer.p) || (answer.p >= 0 && answer.p <= 1)) return {};
  return fmt::format("expected a p-value from 0 to 1, got {}", answer.p);
}

std::string wrong_number(const oddity_evaluation& answer) {
  for (const Number& number : numbers) {
    if (std::isinf(answer.*number.member)) return infinite(number.name);
  }
  for (const double output : answer.outputs) {
    if (std::isinf(output)) return infinite("an output");
  }
  return {};
}

std::string unknown_outcome(const oddity_evaluation& answer) {
  if (answer.outcome >= ODDITY_JUDGED && answer.outcome <= ODDITY_UNDEFINED) return {};
  return fmt::format("expected one of the outcomes 0 to 3, got {}", answer.outcome);
}

void check(const oddity_evaluation& answer) {
  for (const auto wrong : {&wrong_p, &unknown_outcome, &wrong_number}) {
    if (const std::string text = wrong(answer); !text.empty()) throw Failure(text);
  }
}

}  // namespace oddity::plugin
