// Checks of what a plugin says of itself, without any instance.
#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <set>

#include "base/error.hpp"
#include "conformance/candidate.hpp"
#include "conformance/checks.hpp"
#include "conformance/sentence.hpp"

namespace oddity::conformance {
namespace {

Result check_texts(const Candidate& candidate) {
  const plugin::DetectorDescription& description = candidate.description();
  std::string wrong;
  const auto look = [&](const std::string& whose, const char* text) {
    if (text == nullptr || !wrong.empty()) return;
    const std::string found = wrong_sentence(text);
    if (!found.empty()) wrong = fmt::format("{} {}", whose, found);
  };
  look("the version", description.version);
  look("the sentence about the detector", description.about);
  look("the build stamp", description.build);
  for (const auto& option : description.options) {
    look(fmt::format("the sentence about the option '{}'", option.name), option.about);
    look(fmt::format("the unit of the option '{}'", option.name), option.unit);
  }
  for (const auto& output : description.outputs) {
    look(fmt::format("the sentence about the output '{}'", output.name), output.about);
    look(fmt::format("the unit of the output '{}'", output.name), output.unit);
  }
  return wrong.empty() ? passed() : failed(wrong);
}

std::string wrong_bounds(const oddity_option_spec& spec) {
  const bool whole = spec.type == ODDITY_INT || spec.type == ODDITY_DURATION;
  if (!whole && spec.type != ODDITY_DOUBLE) return {};
  if (!std::isfinite(spec.min) || !std::isfinite(spec.max)) return "a bound that is not finite";
  if (!whole) return {};
  if (spec.min != std::round(spec.min) || spec.max != std::round(spec.max))
    return fmt::format("bounds that are not whole, {} and {}", spec.min, spec.max);
  if (spec.min < -0x1p63 || spec.max >= 0x1p63) return "a bound beyond 64 bits";
  return {};
}

std::string wrong_choices(const oddity_option_spec& spec) {
  if (spec.choices == nullptr) return {};
  if (spec.type != ODDITY_STRING) return "choices, but is no string";
  std::set<std::string> seen;
  for (const std::string& choice : choices_of(spec)) {
    if (choice.empty()) return "an empty word among its choices";
    if (!seen.insert(choice).second) return fmt::format("the choice '{}' twice", choice);
  }
  return seen.empty() ? "choices without a word" : "";
}

std::string wrong_size(const oddity_option_spec& spec) {
  if (std::string_view(spec.name) != "size") return {};
  if (spec.type != ODDITY_INT || spec.list != 0)
    return "another type than the standard option: one whole number";
  return {};
}

Result check_option_specs(const Candidate& candidate) {
  for (const auto& spec : candidate.description().options) {
    for (const auto rule : {&wrong_bounds, &wrong_choices, &wrong_size}) {
      if (const std::string wrong = rule(spec); !wrong.empty())
        return failed(fmt::format("option '{}' has {}", spec.name, wrong));
    }
  }
  return passed();
}

Result check_option_defaults(const Candidate& candidate) {
  try {
    candidate.algorithm(candidate.usual_texts());
    return passed();
  } catch (const Error& wrong) {
    return failed(wrong.what());
  }
}

}  // namespace

std::vector<Check> description_checks() {
  return {
      {"description-texts", "description", "handshake",
       "Every text of the description is valid UTF-8, in one line, at most 200 bytes long. The texts stand "
       "in tables, in error messages and in Kapacitor's log, which take nothing else. Say it in one "
       "sentence; the rest belongs into the detector's own page.",
       &check_texts},
      {"option-specs", "description", "handshake",
       "The bounds of a number are finite, those of whole numbers and durations are whole and fit 64 bits; "
       "only a string has choices, each a word of its own; an option named size is the standard one, a "
       "single whole number. The core checks what users give against these bounds and says them in its "
       "errors. Use size_option for size, and write the bounds that the detector really has.",
       &check_option_specs},
      {"option-defaults", "description", "option-specs",
       "Every default, written as it would stand in YAML, is a permitted value of its option: it can be "
       "read as its type, lies within its bounds, is one of its choices. Otherwise no task could use the "
       "detector without giving the option. Durations are written as in TICKscript (5m, 1h30m), booleans as "
       "true and false.",
       &check_option_defaults},
  };
}

}  // namespace oddity::conformance
