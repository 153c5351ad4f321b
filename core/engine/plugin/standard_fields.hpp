// The fields of an answer that detectors have in common, and whether an answer has all that was promised.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "oddity/abi.h"
#include "plugin/description.hpp"

namespace oddity::plugin {

struct StandardField {
  std::string_view name;
  /// Of oddity_description.offers.
  std::uint64_t bit;
  double oddity_evaluation::*member;
};

/// In the order in which users see them.
inline constexpr StandardField standard_fields[] = {
    {"observed", ODDITY_OFFERS_OBSERVED, &oddity_evaluation::observed},
    {"expected", ODDITY_OFFERS_EXPECTED, &oddity_evaluation::expected},
    {"lower", ODDITY_OFFERS_LOWER, &oddity_evaluation::lower},
    {"upper", ODDITY_OFFERS_UPPER, &oddity_evaluation::upper},
    {"effect", ODDITY_OFFERS_EFFECT, &oddity_evaluation::effect}};

/// Whether the window was judged: it has a p, or a strength where the detector offers no p.
inline bool is_judged(const oddity_evaluation& answer, const DetectorDescription& description) noexcept {
  return !std::isnan(description.offers_p ? answer.p : answer.strength);
}

/// The first output or standard field that the description declares and the answer, asked for both
/// directions, has not; empty: all are there. The text is the description's.
inline std::string_view missing_field(const oddity_evaluation& answer,
                                      const DetectorDescription& description) noexcept {
  for (std::size_t i = 0; i < description.outputs.size(); ++i) {
    if (std::isnan(answer.outputs[i])) return description.outputs[i].name;
  }
  for (const StandardField& field : standard_fields) {
    if ((description.offers & field.bit) != 0 && std::isnan(answer.*field.member)) return field.name;
  }
  return {};
}

/// Whether the answer names no reason, or one that is declared.
inline bool names_no_other_reason(const oddity_evaluation& answer,
                                  const DetectorDescription& description) noexcept {
  return std::isnan(answer.reason) ||
         (answer.reason >= 0 && answer.reason < static_cast<double>(description.reasons.size()) &&
          answer.reason == std::floor(answer.reason));
}

/// The reason that the answer names, in the description's words; empty where there is none.
inline std::string_view reason_of(const oddity_evaluation& answer,
                                  const DetectorDescription& description) noexcept {
  if (std::isnan(answer.reason) || !names_no_other_reason(answer, description)) return {};
  return description.reasons[static_cast<std::size_t>(answer.reason)];
}

}  // namespace oddity::plugin
