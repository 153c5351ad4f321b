// What a detector says of itself: options, outputs and abilities as constant data, from which validation,
// error texts, `oddity plugin describe` and the docs all come.
#pragma once

#include <cstdint>
#include <span>

#include "oddity/door.h"

namespace oddity {

/// One declared option: see door.h.
using OptionSpec = oddity_option_spec;
/// One declared output: see door.h.
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

/// Static data of a detector class, its `static constexpr Description description`. Every text outlives the
/// library's use, so string literals. Members mean what their namesakes in door.h mean.
struct Description {
  const char* name = nullptr;
  const char* version = nullptr;
  const char* about = nullptr;
  std::span<const OptionSpec> options{};
  std::span<const OutputSpec> outputs{};
  Fields fields = Fields::one;
  std::uint32_t directions = serves_both;
  bool wants_sorted = false;
  bool offers_p = true;  ///< has to be true for now: a strength alone is not judged yet
  std::uint32_t state_version = 1;
  std::uint32_t oldest_state_version = 1;
  /// What of observed, expected, lower, upper and effect each judged window has.
  std::uint64_t offers = 0;
  /// The least minor version of the door that a host has to have: 0 unless the detector cannot do without
  /// something that came later. An older host refuses the plugin, and says so.
  std::uint32_t least_host_minor = 0;
};

/// The standard option `size`, for detectors with a rolling history: how many of the latest learned samples
/// to keep. It has no built-in default, and another size keeps the newest samples of a saved state.
inline constexpr OptionSpec size_option{.name = "size",
                                        .unit = "samples",
                                        .about = "How many of the latest normal samples make up the history.",
                                        .fallback = nullptr,
                                        .choices = nullptr,
                                        .least = 2,
                                        .most = 1e7,
                                        .type = ODDITY_INT,
                                        .list = 0,
                                        .shapes_state = 0};

}  // namespace oddity
