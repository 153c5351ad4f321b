// What a detector says of itself: options, outputs and abilities as constant data, from which validation,
// error texts, `oddity plugin describe` and the docs all come.
//
// LIFE CYCLE
//   1. A class declares `static constexpr Description description`, with arrays of options and outputs.
//   2. The host reads it when the library is loaded, before there is any instance,
//      and refuses what breaks a rule.
//   3. It never changes.
#pragma once

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string_view>

#include "oddity/abi.h"

namespace oddity {

/// One declared option: see abi.h.
using OptionSpec = oddity_option_spec;
/// One declared output: see abi.h.
using OutputSpec = oddity_output_spec;

/// Whether an instance judges one field, or all fields of a task together.
enum class Fields : std::int32_t { one = ODDITY_FIELDS_ONE, all = ODDITY_FIELDS_ALL };

/// Bits of Description::directions.
inline constexpr std::uint32_t serves_both = 1u << ODDITY_BOTH;
inline constexpr std::uint32_t serves_above = 1u << ODDITY_ABOVE;
inline constexpr std::uint32_t serves_below = 1u << ODDITY_BELOW;
inline constexpr std::uint32_t serves_all_directions = serves_both | serves_above | serves_below;

/// Bits of Description::offers: the standard fields that each judged window of a detector has.
inline constexpr std::uint64_t offers_observed = ODDITY_OFFERS_OBSERVED;
inline constexpr std::uint64_t offers_expected = ODDITY_OFFERS_EXPECTED;
inline constexpr std::uint64_t offers_bounds = ODDITY_OFFERS_LOWER | ODDITY_OFFERS_UPPER;
inline constexpr std::uint64_t offers_effect = ODDITY_OFFERS_EFFECT;
inline constexpr std::uint64_t offers_all_fields =
    offers_observed | offers_expected | offers_bounds | offers_effect;
/// The bit of a detector whose p is held against the series' own past already: see ODDITY_OFFERS_CALIBRATED.
inline constexpr std::uint64_t offers_calibrated_p = ODDITY_OFFERS_CALIBRATED;
/// The bit of a detector that gets used to what it sees, learned or not: see ODDITY_OFFERS_HABITUATION.
inline constexpr std::uint64_t offers_habituation = ODDITY_OFFERS_HABITUATION;

/// Static data of a detector class, its `static constexpr Description description`. Texts are
/// string literals, as they have to outlive every use of the library. Members mean what those
/// of the same name in abi.h mean.
struct Description {
  const char* name = nullptr;
  const char* version = nullptr;
  const char* about = nullptr;
  std::span<const OptionSpec> options{};
  std::span<const OutputSpec> outputs{};
  Fields fields = Fields::one;
  std::uint32_t directions = serves_both;
  bool wants_sorted = false;
  /// false: `strength` alone is offered, which the core holds against earlier ones.
  bool offers_p = true;
  std::uint32_t state_version = 1;
  std::uint32_t oldest_state_version = 1;
  /// Which of observed, expected, lower, upper and effect each judged window has, and whether p is calibrated.
  std::uint64_t offers = 0;
  /// What can make a window odd, in a few words each: Evaluation::reason names one of them by its place.
  std::span<const char* const> reasons{};
  /// The lowest minor version of the ABI that a host must have: 0 unless the detector cannot do without
  /// something that was appended later. An older host refuses the plugin, and says so.
  std::uint32_t min_host_minor = 0;
};

/// An option being declared: int_option() and its like return one, and each call adds a property. It converts
/// to an OptionSpec, and does not compile where its parts do not fit together.
///
///     static constexpr OptionSpec options[] = {
///         size_option,
///         int_option("minHistory", "samples", "How many samples are learned before the first verdict.")
///             .between(2, 1e7)
///             .defaults_to("30"),
///     };
class OptionDraft {
 public:
  constexpr explicit OptionDraft(OptionSpec spec) noexcept : spec_(spec) {}

  /// The range of a number or a duration (in nanoseconds), both ends included. Without one: all of the type.
  constexpr OptionDraft between(double min, double max) const {
    if (!has_range()) throw std::logic_error("only numbers and durations have a range");
    if (!(min <= max)) throw std::logic_error("a range begins with its minimum");
    OptionDraft more = *this;
    more.spec_.min = min;
    more.spec_.max = max;
    return more;
  }
  /// From `min` as far as the type reaches.
  constexpr OptionDraft at_least(double min) const { return between(min, spec_.max); }
  /// The value where none is given, as it would stand in YAML. Without a default the option is required;
  /// defaults_to("") lets a list be empty.
  constexpr OptionDraft defaults_to(const char* text) const {
    OptionDraft more = *this;
    more.spec_.default_value = text;
    return more;
  }
  /// The permitted words of a string, separated by '|': "slow|fast".
  constexpr OptionDraft one_of(const char* words) const {
    if (spec_.type != ODDITY_STRING) throw std::logic_error("only strings have choices");
    OptionDraft more = *this;
    more.spec_.choices = words;
    return more;
  }
  /// A list: may be given more than once.
  constexpr OptionDraft repeatable() const {
    OptionDraft more = *this;
    more.spec_.list = 1;
    return more;
  }
  /// A state that was saved under another value cannot be restored, and starts fresh.
  constexpr OptionDraft shapes_state() const {
    OptionDraft more = *this;
    more.spec_.shapes_state = 1;
    return more;
  }

  // NOLINTNEXTLINE(google-explicit-constructor): an array of specs is written as a list of drafts
  constexpr operator OptionSpec() const {
    if (spec_.type == ODDITY_INT && spec_.default_value != nullptr && !permits_whole(spec_.default_value))
      throw std::logic_error("the default is no whole number of the range");
    if (spec_.type == ODDITY_BOOL && spec_.default_value != nullptr &&
        std::string_view(spec_.default_value) != "true" && std::string_view(spec_.default_value) != "false")
      throw std::logic_error("the default of a bool is true or false");
    return spec_;
  }

 private:
  constexpr bool has_range() const noexcept {
    return spec_.type == ODDITY_INT || spec_.type == ODDITY_DOUBLE || spec_.type == ODDITY_DURATION;
  }
  constexpr bool permits_whole(std::string_view text) const noexcept {
    if (text.empty()) return spec_.list != 0;
    const bool negative = text[0] == '-';
    if (negative) text.remove_prefix(1);
    if (text.empty()) return false;
    double value = 0;
    for (const char digit : text) {
      if (digit < '0' || digit > '9') return false;
      value = value * 10 + (digit - '0');
    }
    value = negative ? -value : value;
    return value >= spec_.min && value <= spec_.max;
  }

  OptionSpec spec_;
};

namespace detail {

/// The range of an option without one: what the type can hold; for doubles less, so that its width is finite.
inline constexpr double max_whole = 9223372036854774784.0;  // the last double below 2^63
inline constexpr double max_number = 8e307;

constexpr OptionDraft draft(const char* name, const char* unit, const char* about, std::int32_t type,
                            double min, double max) noexcept {
  return OptionDraft({.name = name,
                      .unit = unit,
                      .about = about,
                      .default_value = nullptr,
                      .choices = nullptr,
                      .min = min,
                      .max = max,
                      .type = type,
                      .list = 0,
                      .shapes_state = 0});
}

}  // namespace detail

/// An option that is true or false.
///
/// Of this and the next four: `name` is a TICKscript identifier, [a-z][A-Za-z0-9]*; `unit` is "" where there
/// is none; `about` is one sentence, which error texts, `oddity plugin describe` and pages show. Unless more
/// is said (see OptionDraft), an option is required and without bounds.
constexpr OptionDraft bool_option(const char* name, const char* about) noexcept {
  return detail::draft(name, "", about, ODDITY_BOOL, 0, 0);
}
/// A whole number of 64 bits.
constexpr OptionDraft int_option(const char* name, const char* unit, const char* about) noexcept {
  return detail::draft(name, unit, about, ODDITY_INT, -detail::max_whole, detail::max_whole);
}
/// A finite number.
constexpr OptionDraft double_option(const char* name, const char* unit, const char* about) noexcept {
  return detail::draft(name, unit, about, ODDITY_DOUBLE, -detail::max_number, detail::max_number);
}
/// A text, or one of some words: see OptionDraft::one_of.
constexpr OptionDraft string_option(const char* name, const char* about) noexcept {
  return detail::draft(name, "", about, ODDITY_STRING, 0, 0);
}
/// A length of time in nanoseconds, from 0 on unless a range is given.
constexpr OptionDraft duration_option(const char* name, const char* about) noexcept {
  return detail::draft(name, "", about, ODDITY_DURATION, 0, detail::max_whole);
}

/// A declared output: the field that users see, its unit ("" where there is none), and one sentence.
constexpr OutputSpec output(const char* name, const char* unit, const char* about) noexcept {
  return {.name = name, .unit = unit, .about = about};
}

/// The standard option `size`, for detectors with a rolling history: how many of the latest learned samples
/// to keep. It has no built-in default, and another size keeps the newest samples of a saved state.
inline constexpr OptionSpec size_option =
    int_option("size", "samples", "How many of the latest normal samples make up the history.")
        .between(2, 1e7);

}  // namespace oddity
