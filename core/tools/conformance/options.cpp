// Checks of option values: each permitted one is taken, or refused with a reason.
#include <fmt/format.h>

#include "conformance/checks.hpp"
#include "conformance/sentence.hpp"
#include "conformance/sound_life.hpp"

namespace oddity::conformance {
namespace {

std::string shown(const OptionTexts& texts) {
  std::string text;
  for (const auto& [name, value] : texts)
    text += fmt::format("{}{}={}", text.empty() ? "" : " ", name, value);
  return text;
}

enum class Taken { yes, refused };

/// Throws plugin::Failure: neither works nor says why not.
Taken try_options(const Candidate& candidate, const OptionTexts& texts) {
  OptionTexts all = candidate.usual_texts();
  for (const auto& [name, text] : texts) all[name] = text;
  try {
    Instance instance(candidate.algorithm(all), candidate.columns());
    Source source = candidate.source();
    live_soundly(instance, source, 12, shown(texts));
    return Taken::yes;
  } catch (const Refused& refused) {
    const std::string reason = refused.what();
    if (reason.empty()) throw plugin::Failure(fmt::format("refuses {} without a reason", shown(texts)));
    if (const std::string wrong = wrong_sentence(reason); !wrong.empty())
      throw plugin::Failure(fmt::format("the reason for refusing {} {}", shown(texts), wrong));
    return Taken::refused;
  } catch (const plugin::Failure& failure) {
    throw plugin::Failure(fmt::format("with {}: {}", shown(texts), failure.what()));
  }
}

Result check_bounds(const Candidate& candidate) {
  const auto& specs = candidate.description().options;
  if (specs.empty()) return skipped("it has no options");
  std::string refused;
  for (const auto& spec : specs) {
    for (const std::string& text : permitted_texts(spec)) {
      const OptionTexts texts{{spec.name, text}};
      if (try_options(candidate, texts) == Taken::refused)
        refused += (refused.empty() ? "refused: " : ", ") + shown(texts);
    }
  }
  return passed(refused);
}

std::string random_text(const oddity_option_spec& spec, Random& random) {
  const auto permitted = permitted_texts(spec);
  if (spec.type == ODDITY_BOOL || spec.type == ODDITY_STRING)
    return permitted[random.below(permitted.size())];
  // Near the least as often as anywhere: ranges are written wide, and used narrowly.
  const double part = random.below(2) == 0 ? random.uniform() : random.uniform() * 1e-5;
  return number_text(spec, spec.min + part * (spec.max - spec.min));
}

Result check_values(const Candidate& candidate) {
  const auto& specs = candidate.description().options;
  if (specs.empty()) return skipped("it has no options");
  constexpr int combinations = 200;
  Random random(candidate.seed());
  int refused = 0;
  for (int i = 0; i < combinations; ++i) {
    OptionTexts texts;
    for (const auto& spec : specs) texts[spec.name] = random_text(spec, random);
    refused += try_options(candidate, texts) == Taken::refused ? 1 : 0;
  }
  return passed(fmt::format("{} of {} combinations refused", refused, combinations));
}

}  // namespace

std::vector<Check> options_checks() {
  return {
      {"option-bounds", "options", "state-restores",
       "With each option at its least and its most, each choice and both truths, the others as usual, an "
       "instance is made and answers soundly and can be saved, or the values are refused with a reason of "
       "one line. Users take declared bounds for granted, and the reason is the task's error. Declare the "
       "bounds that the detector can bear, throw std::invalid_argument with a sentence for combinations "
       "that it cannot, and allocate for what comes, not for the largest size.",
       &check_bounds},
      {"option-values", "options", "option-bounds",
       "The same with 200 random combinations of permitted values. What works at the ends of a range need "
       "not work in between.",
       &check_values},
  };
}

}  // namespace oddity::conformance
